package io.syllabus.natives;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory, of one megabyte. */
record Mounted(Path folder) implements AutoCloseable {
  /** Mounts one, with an option of mount's, or skips the test. */
  static Mounted at(Path folder, String option) throws IOException {
    Files.createDirectories(folder);
    String options = option + ",size=1m";
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()) == 0,
        "only root mounts, and not in every container");
    return new Mounted(folder);
  }

  @Override
  public void close() throws IOException {
    run("umount", folder.toString());
  }

  private static int run(String... command) throws IOException {
    return new ProcessBuilder(command).start().onExit().join().exitValue();
  }
}
