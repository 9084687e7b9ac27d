package io.syllabus.spark.ingest;

import io.syllabus.Text;
import io.syllabus.data.Rejected;
import io.syllabus.report.Console;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * Images of a source that could not be read: how many, and one of each partition.
 *
 * @param samples the first of each partition
 */
public record Rejections(LongAccumulator count, CollectionAccumulator<Rejected> samples)
    implements Serializable {

  /** None so far. */
  public static Rejections in(SparkContext context) {
    return new Rejections(context.longAccumulator(), context.collectionAccumulator());
  }

  /** Says how many there were, where there were some. */
  public void say(Console console) {
    if (count.value() > 0) {
      Rejected sample = samples.value().get(0);
      console.say(
          Text.format(
              "%,d images could not be read and have no label, such as %s (%s)",
              count.value(), sample.location(), sample.reason()));
    }
  }
}
