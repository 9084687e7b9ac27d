package io.syllabus.data;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The images of a whole tar: it can only be read from its front.
 *
 * @param labeled whether the folder that an image lies in names its class
 */
record TarPart(Path tar, boolean labeled) implements SourcePart {

  @Override
  public ImageEntries open(Configuration hadoop) throws IOException {
    return new TarEntries(this, TarReader.open(tar, hadoop));
  }
}
