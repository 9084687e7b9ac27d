package io.syllabus.spark.session;

import com.github.luben.zstd.util.Native;
import io.syllabus.config.SettingsException;
import io.syllabus.natives.Natives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where this JVM unpacks the native libraries that Spark compresses with: in the temporary folder,
 * but where nothing may run there, beside Syllabus' own.
 */
final class CodecLibraries {
  private static final String SNAPPY = "org.xerial.snappy.tempdir";

  private CodecLibraries() {}

  /**
   * Settles it. Must come before anything is compressed.
   *
   * @throws SettingsException where there is no folder that will do
   */
  static void settle() {
    if (!mayRun(Path.of(System.getProperty("java.io.tmpdir")))) {
      Path folder = Natives.prepare();
      System.setProperty(SNAPPY, System.getProperty(SNAPPY, folder.toString()));
      // It cannot be told of another folder beforehand.
      Native.load(folder.toFile());
    }
  }

  // File systems that are mounted noexec say of no file that it may run.
  private static boolean mayRun(Path folder) {
    try {
      Path file = Files.createTempFile(folder, "syllabus-", ".run");
      try {
        return file.toFile().setExecutable(true) && Files.isExecutable(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      return false;
    }
  }
}
