package io.syllabus.spark.session;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.util.Utils;

/**
 * Where this process keeps Spark's work files: what tasks exchange, and what does not fit into
 * memory.
 */
final class WorkFolder {
  private static final String KEY = "spark.local.dir";

  private WorkFolder() {}

  /**
   * Prefers a folder to the temporary one, which programs clean up while jobs run, if it is on a
   * local disk.
   *
   * @param folder fully qualified
   */
  static void prefer(String folder, SparkConf conf) {
    URI place = new org.apache.hadoop.fs.Path(folder).toUri();
    // Spark takes what has commas for several folders.
    if ("file".equals(place.getScheme()) && !place.getPath().contains(",")) {
      conf.setIfMissing(KEY, place.getPath());
    }
  }

  /**
   * Looks whether one of Spark's folders can be written. Spark ends the process without a word
   * where none can.
   *
   * @throws SettingsException where none can
   */
  static void requireOne(SparkConf conf) {
    String[] folders = Utils.getConfiguredLocalDirs(conf);
    if (Arrays.stream(folders).noneMatch(WorkFolder::canBeWritten)) {
      throw new SettingsException(
          List.of(
              Text.format(
                  "Spark cannot write its work files into %s: name another folder with %s, or with"
                      + " SPARK_LOCAL_DIRS where that is set",
                  String.join(", ", folders), KEY)));
    }
  }

  private static boolean canBeWritten(String folder) {
    try {
      return Files.isWritable(Files.createDirectories(Path.of(folder)));
    } catch (IOException e) {
      return false;
    }
  }
}
