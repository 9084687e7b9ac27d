package io.syllabus.select;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The least confidence with which a cycle takes a pool image, by the class that the network finds
 * in it. What reaches the threshold is taken, ties with it too.
 */
public final class Thresholds implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] byLabel;

  private Thresholds(double[] byLabel) {
    this.byLabel = byLabel;
  }

  /** One threshold for all classes. */
  public static Thresholds uniform(double threshold, int classes) {
    double[] byLabel = new double[classes];
    Arrays.fill(byLabel, threshold);
    return new Thresholds(byLabel);
  }

  /**
   * A threshold a class.
   *
   * @param byLabel in the order of the labels
   */
  public static Thresholds of(List<Double> byLabel) {
    return new Thresholds(byLabel.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The threshold of one class. */
  public double of(int label) {
    return byLabel[label];
  }

  /** All of them, in the order of the labels. */
  public double[] byLabel() {
    return byLabel.clone();
  }

  /** Whether one threshold holds for all classes. */
  public boolean isUniform() {
    return Arrays.stream(byLabel).allMatch(threshold -> threshold == byLabel[0]);
  }

  /** The highest threshold of any class. */
  public double greatest() {
    return Arrays.stream(byLabel).max().orElseThrow();
  }

  /** The lowest threshold of any class. */
  public double least() {
    return Arrays.stream(byLabel).min().orElseThrow();
  }
}
