package io.syllabus.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Option;

/** The options that say how to measure. */
final class SetupOptions {
  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "Before a speed is measured; ${DEFAULT-VALUE} by default.")
  private int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description = "How long a speed is measured, at least; ${DEFAULT-VALUE} by default.")
  private int seconds;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "A cycle, in the row pipeline; what its settings say by default.")
  private Optional<Integer> epochs = Optional.empty();

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Of the table in the row percentile; 100,000,000 by default.")
  private Optional<Long> rows = Optional.empty();

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "In the large pool of the row growth; 1,000,000 by default.")
  private Optional<Integer> images = Optional.empty();

  @Option(names = "--folder", hidden = true, description = "What all repetitions share.")
  private Optional<Path> folder = Optional.empty();

  /**
   * What they say. Where no folder is named, one is made and deleted when this JVM ends.
   *
   * @throws IllegalArgumentException where a number is out of range
   */
  Setup setup() throws IOException {
    Pace pace = new Pace(warmUp, seconds);
    Path shared = folder.isPresent() ? folder.get() : newFolder();
    return new Setup(pace, epochs, new Generated(shared, rows, images));
  }

  private static Path newFolder() throws IOException {
    Path created = Files.createTempDirectory("syllabus-benchmark");
    Thread deletion = new Thread(() -> FileUtils.deleteQuietly(created.toFile()));
    Runtime.getRuntime().addShutdownHook(deletion);
    return created;
  }
}
