package io.syllabus.select;

import static io.syllabus.Checks.require;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Bands of a model's confidences by their rank among those of the same label: the least confident
 * fifth is the first band, the most confident the last, and ties are in one band. A label that none
 * of the confidences has takes the bands of all labels together. Grows with the number of classes.
 */
public final class ConfidenceBands implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many bands there are. */
  public static final int BANDS = 5;

  private final double[][] edges;

  private ConfidenceBands(double[][] edges) {
    this.edges = edges;
  }

  /**
   * The bands that begin at these confidences.
   *
   * @param edges for each label the least confidence of every band but the first, ascending
   */
  public static ConfidenceBands of(double[][] edges) {
    for (double[] ofLabel : edges) {
      require(
          ofLabel.length == BANDS - 1,
          "%s bands have %s edges, found: %s",
          BANDS,
          BANDS - 1,
          ofLabel.length);
    }
    return new ConfidenceBands(edges);
  }

  /** The bands of scored images; where there are none, those of {@link #even}. */
  public static ConfidenceBands of(ScoredConfidences scored) {
    ExactPercentile together = new ExactPercentile(scored.together());
    if (together.total() == 0) {
      return even(scored.classes());
    }
    ExactPercentile byLabel = new ExactPercentile(scored.byLabel());
    double[][] edges = new double[scored.classes()][BANDS - 1];
    for (int edge = 0; edge < BANDS - 1; edge++) {
      double percent = 100.0 * (edge + 1) / BANDS;
      double ofAll = together.of(percent);
      List<OptionalDouble> ofEach = byLabel.ofEach(percent);
      for (int label = 0; label < edges.length; label++) {
        edges[label][edge] = ofEach.get(label).orElse(ofAll);
      }
    }
    return new ConfidenceBands(edges);
  }

  /** Bands of equal width, for want of confidences. */
  public static ConfidenceBands even(int classes) {
    double[][] edges = new double[classes][BANDS - 1];
    for (double[] ofLabel : edges) {
      for (int edge = 0; edge < ofLabel.length; edge++) {
        ofLabel[edge] = (edge + 1.0) / BANDS;
      }
    }
    return new ConfidenceBands(edges);
  }

  /** How many labels there are. */
  public int classes() {
    return edges.length;
  }

  /**
   * The band of a confidence, from 0.
   *
   * @param confidence in [0, 1]
   */
  public int band(int label, double confidence) {
    require(confidence >= 0 && confidence <= 1, "a confidence is in [0, 1], found: %s", confidence);
    int band = 0;
    while (band < BANDS - 1 && confidence >= edges[label][band]) {
      band++;
    }
    return band;
  }

  /** For each label the least confidence of every band but the first, ascending. */
  public double[][] edges() {
    return Arrays.stream(edges).map(double[]::clone).toArray(double[][]::new);
  }
}
