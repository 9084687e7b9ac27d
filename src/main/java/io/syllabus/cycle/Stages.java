package io.syllabus.cycle;

import io.syllabus.select.SelectionRule;
import java.util.Optional;
import java.util.OptionalDouble;

/** The work that a cycle consists of, done by an engine: Spark, or a test's fake. */
public interface Stages {
  /**
   * Trains a network.
   *
   * @param pseudoLabels that join the true labels; absent in cycle 0
   * @param start whose weights it begins with; absent for fresh ones
   */
  Training train(int cycle, Optional<Selection> pseudoLabels, Optional<Model> start);

  /** Scores the whole pool and selects from it what the rule says. */
  Selection scoreAndSelect(int cycle, Model model, SelectionRule rule);

  /** Accuracy on the test images, in [0, 1]; empty where there are none. */
  OptionalDouble testAccuracy(Model model);
}
