package io.syllabus.evaluate;

import static io.syllabus.Checks.require;

import java.io.Serializable;

/**
 * Counts of predictions by true class, and of how often the truth is among the five most probable
 * classes. As large as the square of the number of classes. Not thread-safe.
 */
public final class ConfusionMatrix implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int TOP = 5;

  private final long[][] counts;
  private long amongTop;

  public ConfusionMatrix(int classes) {
    require(classes >= 2, "a classifier has 2 classes or more, found: %s", classes);
    counts = new long[classes][classes];
  }

  /**
   * Counts one image.
   *
   * @param truth its class
   * @param probabilities one a class
   */
  public void add(int truth, float[] probabilities) {
    int predicted = 0;
    int before = 0;
    for (int c = 0; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[predicted]) {
        predicted = c;
      }
      if (probabilities[c] > probabilities[truth]
          || (probabilities[c] == probabilities[truth] && c < truth)) {
        before++;
      }
    }
    counts[truth][predicted]++;
    amongTop += before < TOP ? 1 : 0;
  }

  /** Adds another matrix's counts to this one's. */
  public ConfusionMatrix merge(ConfusionMatrix other) {
    for (int truth = 0; truth < counts.length; truth++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        counts[truth][predicted] += other.counts[truth][predicted];
      }
    }
    amongTop += other.amongTop;
    return this;
  }

  public int classes() {
    return counts.length;
  }

  /** How many images of one class were taken for another, or for itself. */
  public long count(int truth, int predicted) {
    return counts[truth][predicted];
  }

  /** How many images of a class were counted. */
  public long images(int truth) {
    long sum = 0;
    for (long count : counts[truth]) {
      sum += count;
    }
    return sum;
  }

  /** How many images were counted. */
  public long images() {
    long sum = 0;
    for (int truth = 0; truth < counts.length; truth++) {
      sum += images(truth);
    }
    return sum;
  }

  /** Share of right predictions; NaN without images. */
  public double accuracy() {
    long right = 0;
    for (int c = 0; c < counts.length; c++) {
      right += counts[c][c];
    }
    return (double) right / images();
  }

  /** Share of right predictions among the images of a class; NaN without any. */
  public double accuracy(int truth) {
    return (double) counts[truth][truth] / images(truth);
  }

  /** Share of images whose class is among the five most probable; NaN without images. */
  public double topFiveAccuracy() {
    return (double) amongTop / images();
  }
}
