package io.syllabus.evaluate;

import java.util.function.DoubleFunction;

/**
 * Temperature scaling: probabilities whose logits are divided by one number, found on held-out
 * labeled images, are better calibrated and name the same classes (Guo et al., ICML 2017, section
 * 4.2).
 */
public final class Temperature {
  private static final double LEAST = 0.05;
  private static final double GREATEST = 20;
  private static final int MOST_STEPS = 30;
  private static final double PRECISION = 1e-6;

  private Temperature() {}

  /**
   * Probabilities at a temperature: {@code softmax(log p / temperature)}.
   *
   * @param temperature positive; above 1 confidences fall, 1 changes nothing
   */
  public static float[] soften(float[] probabilities, double temperature) {
    if (temperature == 1) {
      return probabilities;
    }
    double greatest = Double.NEGATIVE_INFINITY;
    double[] logits = new double[probabilities.length];
    for (int c = 0; c < logits.length; c++) {
      logits[c] = logarithm(probabilities[c]) / temperature;
      greatest = Math.max(greatest, logits[c]);
    }
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      logits[c] = Math.exp(logits[c] - greatest);
      sum += logits[c];
    }
    float[] softened = new float[logits.length];
    for (int c = 0; c < logits.length; c++) {
      softened[c] = (float) (logits[c] / sum);
    }
    return softened;
  }

  // A probability that single precision rounds to 0 has no logarithm.
  static double logarithm(float probability) {
    return Math.log(Math.max(probability, Float.MIN_NORMAL));
  }

  /**
   * The temperature with the least cross entropy, by Newton's method on its inverse, kept between
   * 0.05 and 20.
   *
   * @param slopes derivatives over all images at an inverse temperature
   */
  public static double fit(DoubleFunction<TemperatureSlope> slopes) {
    double low = 1 / GREATEST;
    double high = 1 / LEAST;
    double inverse = 1;
    for (int step = 0; step < MOST_STEPS; step++) {
      TemperatureSlope slope = slopes.apply(inverse);
      // The slope rises: where it is positive the minimum lies below.
      if (slope.first() > 0) {
        high = inverse;
      } else {
        low = inverse;
      }
      double next = inverse - slope.first() / slope.second();
      if (!(next > low && next < high)) {
        next = (low + high) / 2;
      }
      double moved = Math.abs(next - inverse);
      inverse = next;
      if (moved < PRECISION * inverse) {
        break;
      }
    }
    return 1 / inverse;
  }
}
