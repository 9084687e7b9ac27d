package io.syllabus.job;

import io.syllabus.config.SettingsException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where {@code --output} says that a job writes. */
final class OutputPath {
  private OutputPath() {}

  /**
   * The path, fully qualified.
   *
   * @param overwrite whether what is there may be replaced
   * @throws SettingsException where it exists and may not
   */
  static Path of(String name, boolean overwrite, Configuration hadoop) throws IOException {
    return overwrite ? qualified(name, hadoop) : vacant(name, ", or add --overwrite", hadoop);
  }

  /**
   * The path, fully qualified, of what does not exist.
   *
   * @throws SettingsException where it does
   */
  static Path vacant(String name, Configuration hadoop) throws IOException {
    return vacant(name, "", hadoop);
  }

  private static Path vacant(String name, String advice, Configuration hadoop) throws IOException {
    Path path = qualified(name, hadoop);
    if (path.getFileSystem(hadoop).exists(path)) {
      throw new SettingsException(List.of("--output " + name + " exists: name another" + advice));
    }
    return path;
  }

  private static Path qualified(String name, Configuration hadoop) throws IOException {
    Path path = new Path(name);
    FileSystem files = path.getFileSystem(hadoop);
    return files.makeQualified(path);
  }
}
