package io.syllabus.select;

/**
 * Counts over all confidences of a pool, wherever they lie. A confidence is a non-negative float,
 * so its bits, read as an integer, sort as it does; the counts are by those bits.
 */
public interface ConfidenceCounts {
  /** How many values 16 bits have, and how long every array of counts is. */
  int BUCKETS = 1 << 16;

  /** How many confidences have each value of the high 16 bits; length {@link #BUCKETS}. */
  long[] byHighBits();

  /**
   * How many of the confidences with the given high 16 bits have each value of the low 16 bits.
   *
   * @param highBits in [0, 65,535]
   */
  long[] byLowBits(int highBits);
}
