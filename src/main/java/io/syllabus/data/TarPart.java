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
    return new TarEntries(
        tar.toString(),
        TarReader.open(tar, hadoop),
        file -> file,
        labeled ? TarPart::parent : file -> "");
  }

  /** The name of the folder that holds the file; empty at the root. */
  private static String parent(String file) {
    int end = Math.max(0, file.lastIndexOf('/'));
    return file.substring(file.lastIndexOf('/', end - 1) + 1, end);
  }
}
