package io.syllabus.select;

import static io.syllabus.Checks.require;

import io.syllabus.config.CurriculumSettings;

/**
 * How much of the pool each cycle admits (Cascante-Bonilla et al.: "Curriculum Labeling", AAAI
 * 2021, algorithm 1): the most confident {@code stepPercent} percent more than the cycle before.
 *
 * @param stepPercent μ, in [1, 100]
 * @param maxCycles after which it ends even before it admits the whole pool, in [0, 100]
 */
public record Curriculum(int stepPercent, int maxCycles) {
  public Curriculum {
    require(
        stepPercent >= 1 && stepPercent <= 100,
        "stepPercent must be in [1, 100], found: %s",
        stepPercent);
    require(
        maxCycles >= 0 && maxCycles <= 100, "maxCycles must be in [0, 100], found: %s", maxCycles);
  }

  /** The curriculum that settings name. */
  public static Curriculum of(CurriculumSettings settings) {
    return new Curriculum(settings.stepPercent(), settings.maxCycles());
  }

  /** The last cycle: the first that admits the whole pool, if it is let. Cycle 0 admits none. */
  public int lastCycle() {
    return Math.min(maxCycles, (100 + stepPercent - 1) / stepPercent);
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
