package io.syllabus.select;

import static io.syllabus.Checks.require;

/**
 * How much of the pool each cycle admits (Cascante-Bonilla et al.: "Curriculum Labeling", AAAI
 * 2021, algorithm 1): the most confident {@code stepPercent} percent more than the cycle before.
 *
 * @param stepPercent μ, in [1, 100]
 */
public record Curriculum(int stepPercent) {
  public Curriculum {
    require(
        stepPercent >= 1 && stepPercent <= 100,
        "stepPercent must be in [1, 100], found: %s",
        stepPercent);
  }

  /** The last cycle: the first that admits the whole pool. Cycle 0 admits none. */
  public int lastCycle() {
    return (100 + stepPercent - 1) / stepPercent;
  }

  /**
   * The percentile of the pool's confidences that is the threshold of a cycle.
   *
   * @param cycle 1 or later
   */
  public int percentile(int cycle) {
    require(cycle >= 1, "cycle %s selects nothing: the first that does is 1", cycle);
    return Math.max(0, 100 - stepPercent * cycle);
  }
}
