package io.syllabus.select;

/** The confidences of a scored pool. */
public interface ScoredConfidences {
  int classes();

  /** All of them, not told apart. */
  ConfidenceCounts together();

  /** A group for each class that the network finds. */
  ConfidenceCounts byLabel();

  /** One threshold for all classes. */
  default Thresholds uniform(double threshold) {
    return Thresholds.uniform(threshold, classes());
  }
}
