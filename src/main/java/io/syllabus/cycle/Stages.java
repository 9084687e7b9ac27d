package io.syllabus.cycle;

import java.util.Optional;
import java.util.OptionalDouble;

/** The work that a cycle consists of, done by an engine: Spark, or a test's fake. */
public interface Stages {
  /**
   * Trains a network from fresh weights.
   *
   * @param pseudoLabels that join the true labels; absent in cycle 0
   */
  Training train(int cycle, Optional<Selection> pseudoLabels);

  /** Scores the whole pool and selects from it all that reaches the percentile, ties included. */
  Selection scoreAndSelect(int cycle, Model model, int percentile);

  /** Accuracy on the test images, in [0, 1]; empty where there are none. */
  OptionalDouble testAccuracy(Model model);
}
