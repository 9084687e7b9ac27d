package io.syllabus.evaluate;

import static io.syllabus.Checks.require;

import java.io.Serializable;

/**
 * How far confidences are from the share of right predictions: the expected calibration error over
 * 15 bins of equal width (Guo, Pleiss, Sun, Weinberger: "On Calibration of Modern Neural Networks",
 * ICML 2017, equation 3). Not thread-safe.
 */
public final class Reliability implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BINS = 15;

  private final long[] images = new long[BINS];
  private final long[] right = new long[BINS];
  private final double[] confidence = new double[BINS];

  /**
   * Counts one prediction.
   *
   * @param probability of the predicted class, in [0, 1]
   */
  public void add(double probability, boolean isRight) {
    require(
        probability >= 0 && probability <= 1, "a probability is in [0, 1], found: %s", probability);
    // Bins are open below and closed above, as in the paper; 0 goes to the first.
    int bin = Math.max(0, (int) Math.ceil(probability * BINS) - 1);
    images[bin]++;
    right[bin] += isRight ? 1 : 0;
    confidence[bin] += probability;
  }

  /** Adds what was counted elsewhere. */
  public Reliability merge(Reliability other) {
    for (int bin = 0; bin < BINS; bin++) {
      images[bin] += other.images[bin];
      right[bin] += other.right[bin];
      confidence[bin] += other.confidence[bin];
    }
    return this;
  }

  /**
   * The mean distance of a bin's accuracy from its mean confidence, in [0, 1]; NaN without images.
   */
  public double expectedCalibrationError() {
    double distance = 0;
    long all = 0;
    for (int bin = 0; bin < BINS; bin++) {
      distance += Math.abs(right[bin] - confidence[bin]);
      all += images[bin];
    }
    return distance / all;
  }
}
