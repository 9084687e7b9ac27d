package io.syllabus.data;

import static io.syllabus.Checks.require;

import io.syllabus.config.DataSettings;
import java.io.Serializable;

/**
 * Which images of the labeled source are labels, validation or pool, by their rank in a random
 * order of their class.
 *
 * @param labeledPerClass images a class that keep their label; 0: all that remain
 * @param validationPerClass images a class to validate on
 * @param poolPerClass images a class whose label is hidden
 * @param validationFraction share of a class to validate on where {@code validationPerClass} is 0;
 *     0 where validation has a source of its own
 * @param restIsPool whether all other images join the pool
 */
public record SplitRule(
    int labeledPerClass,
    int validationPerClass,
    int poolPerClass,
    double validationFraction,
    boolean restIsPool)
    implements Serializable {

  /** What nothing asks for is not used. */
  public SplitRule(
      int labeledPerClass, int validationPerClass, int poolPerClass, double validationFraction) {
    this(labeledPerClass, validationPerClass, poolPerClass, validationFraction, false);
  }

  /** The rule that settings ask for. */
  public static SplitRule of(DataSettings data) {
    DataSettings.Split split = data.split();
    return new SplitRule(
        split.labeledPerClass(),
        split.validationPerClass(),
        split.poolPerClass(),
        data.validation().isPresent() ? 0 : split.validationFraction(),
        split.restIsPool());
  }

  /** The least images that a class must have for every split to get what the rule asks for. */
  public long leastPerClass() {
    long others = (long) Math.max(labeledPerClass, 1) + poolPerClass;
    long least = others;
    // Validation takes more of a larger class: the least fixed point.
    while (least < others + validationOf(least)) {
      least = others + validationOf(least);
    }
    return least;
  }

  /**
   * The split of one image.
   *
   * @param rank of the image among those of its class, from 0
   * @param ofClass how many images its class has
   */
  public Split split(long rank, long ofClass) {
    require(rank >= 0 && rank < ofClass, "rank must be in [0, %s), found: %s", ofClass, rank);
    long validation = validationOf(ofClass);
    if (rank < validation) {
      return Split.VALIDATION;
    }
    long labeled = labeledPerClass > 0 ? labeledPerClass : ofClass - validation - poolPerClass;
    if (rank < validation + labeled) {
      return Split.LABELED;
    }
    boolean inPool = restIsPool || rank < validation + labeled + poolPerClass;
    return inPool ? Split.POOL : Split.UNUSED;
  }

  private long validationOf(long ofClass) {
    if (validationPerClass > 0) {
      return validationPerClass;
    }
    return validationFraction == 0 ? 0 : Math.max(1, Math.round(ofClass * validationFraction));
  }
}
