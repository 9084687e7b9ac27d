package io.syllabus.benchmark;

import java.util.Optional;
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

  /**
   * What they say.
   *
   * @throws IllegalArgumentException where a number is out of range
   */
  Setup setup() {
    return new Setup(new Pace(warmUp, seconds), epochs);
  }
}
