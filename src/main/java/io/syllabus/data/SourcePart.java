package io.syllabus.data;

import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** A share of a source that one task reads while other tasks read the others. */
public interface SourcePart extends Serializable {

  /**
   * Starts reading; the caller closes what it gets.
   *
   * @throws BadDataException where what is there is no such part
   */
  ImageEntries open(Configuration hadoop) throws IOException;
}
