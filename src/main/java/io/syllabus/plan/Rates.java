package io.syllabus.plan;

import static io.syllabus.Checks.require;

/**
 * How fast one worker is, and how large what it reads.
 *
 * @param readsPerSecond images that are read from the source and decoded
 * @param augmentsPerSecond images of training that are augmented, before the network has them
 * @param trainsPerSecond images that a network trains on
 * @param scoresPerSecond images that a network scores
 * @param bytesAnImage of the file
 * @param gigabitsPerSecond of the network between any two machines
 */
public record Rates(
    double readsPerSecond,
    double augmentsPerSecond,
    double trainsPerSecond,
    double scoresPerSecond,
    double bytesAnImage,
    double gigabitsPerSecond) {
  private static final double BITS_A_BYTE = 8;

  public Rates {
    require(
        Math.min(readsPerSecond, augmentsPerSecond) > 0
            && Math.min(trainsPerSecond, scoresPerSecond) > 0
            && gigabitsPerSecond > 0,
        "rates must be positive, found: %s, %s, %s, %s and %s",
        readsPerSecond,
        augmentsPerSecond,
        trainsPerSecond,
        scoresPerSecond,
        gigabitsPerSecond);
  }

  /** What a worker takes for an image of training. */
  double secondsToTrain() {
    return 1 / augmentsPerSecond + 1 / trainsPerSecond;
  }

  double secondsToSend(long bytes) {
    return bytes * BITS_A_BYTE / (gigabitsPerSecond * 1e9);
  }
}
