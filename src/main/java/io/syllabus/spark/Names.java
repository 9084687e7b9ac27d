package io.syllabus.spark;

import java.util.List;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Names of columns as Scala wants them. */
final class Names {
  private Names() {}

  static Seq<String> seq(String... names) {
    return JavaConverters.asScalaBuffer(List.of(names)).toSeq();
  }
}
