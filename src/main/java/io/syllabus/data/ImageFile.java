package io.syllabus.data;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** An image in a file of its own. */
public final class ImageFile {
  private ImageFile() {}

  /**
   * Its bytes, as they are stored. Of a file over 256 MiB only so much is read: to a decoder it is
   * truncated.
   */
  public static byte[] read(Path file, Configuration hadoop) throws IOException {
    try (FSDataInputStream in = SourceFiles.open(file, hadoop)) {
      return in.readNBytes(SourceFiles.MAX_IMAGE_BYTES);
    }
  }
}
