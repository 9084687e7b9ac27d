package io.syllabus.config;

/**
 * How the pool is admitted: the keys under {@code curriculum}.
 *
 * @param threshold of the rule {@code fixed-threshold}
 * @param topK of the rule {@code top-k-per-class}
 */
public record CurriculumSettings(
    int stepPercent,
    int maxCycles,
    Rule rule,
    double threshold,
    int topK,
    Confidence confidence,
    boolean restart,
    Relabel relabel) {

  /** Which images of the scored pool a cycle takes. */
  public enum Rule {
    /** Those that reach a percentile of the pool's confidences: the published rule. */
    PERCENTILE,
    /** Those that reach the percentile of their class' confidences. */
    PERCENTILE_PER_CLASS,
    /** Those that reach a confidence that never changes. */
    FIXED_THRESHOLD,
    /** The most confident of each class, more in each cycle. */
    TOP_K_PER_CLASS,
    /** The whole pool, in every cycle. */
    ALL
  }

  /** What an image's confidence is; all of them are in [0, 1]. */
  public enum Confidence {
    /** The largest probability: the published one. */
    PROBABILITY,
    /** The largest probability less the next. */
    MARGIN,
    /** 1 − H / log K, with the entropy H of the probabilities of K classes. */
    ENTROPY
  }

  /** What becomes of labels that an earlier cycle gave. */
  public enum Relabel {
    /** The whole pool is labeled anew: the published way. */
    ALL,
    /** They stay, and so do their images. */
    KEEP
  }
}
