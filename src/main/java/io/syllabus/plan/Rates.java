package io.syllabus.plan;

import static io.syllabus.Checks.require;

/**
 * How fast one worker is, and how large what it reads.
 *
 * @param readsPerSecond images that are read from the source and decoded
 * @param trainsPerSecond images of training, augmented
 * @param scoresPerSecond images that a network scores
 * @param bytesAnImage of the file
 * @param gigabitsPerSecond of the network between any two machines
 */
public record Rates(
    double readsPerSecond,
    double trainsPerSecond,
    double scoresPerSecond,
    double bytesAnImage,
    double gigabitsPerSecond) {
  private static final double BITS_A_BYTE = 8;

  public Rates {
    require(
        readsPerSecond > 0 && trainsPerSecond > 0 && scoresPerSecond > 0 && gigabitsPerSecond > 0,
        "rates must be positive, found: %s, %s, %s and %s",
        readsPerSecond,
        trainsPerSecond,
        scoresPerSecond,
        gigabitsPerSecond);
  }

  double secondsToSend(long bytes) {
    return bytes * BITS_A_BYTE / (gigabitsPerSecond * 1e9);
  }
}
