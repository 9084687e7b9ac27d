package io.syllabus.benchmark;

import static io.syllabus.Checks.require;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * How long work is repeated.
 *
 * @param warmUpSeconds not measured: Java compiles what runs often only after a while
 * @param seconds measured; a piece of work that has begun is brought to its end
 */
record Pace(int warmUpSeconds, int seconds) {
  Pace {
    require(warmUpSeconds >= 0, "--warm-up must not be negative, found: %s", warmUpSeconds);
    require(seconds > 0, "--seconds must be positive, found: %s", seconds);
  }

  List<String> arguments() {
    return List.of("--warm-up=" + warmUpSeconds, "--seconds=" + seconds);
  }

  /**
   * Repeats work and gives its images a second.
   *
   * @param work does a piece and gives its images
   */
  double imagesPerSecond(LongSupplier work) {
    repeat(work, warmUpSeconds);
    return repeat(work, seconds);
  }

  /** Repeats work until it is warm. */
  void warmUp(Runnable work) {
    repeat(
        () -> {
          work.run();
          return 0;
        },
        warmUpSeconds);
  }

  private static double repeat(LongSupplier work, int seconds) {
    long began = System.nanoTime();
    long images = 0;
    double passed = 0;
    while (passed < seconds) {
      images += work.getAsLong();
      passed = (System.nanoTime() - began) / 1e9;
    }
    return images / passed;
  }
}
