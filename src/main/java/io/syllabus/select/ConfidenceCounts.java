package io.syllabus.select;

/**
 * Counts over all confidences of a pool, wherever they lie. A confidence is a non-negative float,
 * so its bits, read as an integer, sort as it does; the counts are by those bits.
 */
public interface ConfidenceCounts {

  /** How many groups the confidences are told apart by, such as classes; 1 where they are not. */
  int groups();

  /** Passes over all confidences once. */
  long[] count(CountingPass pass);
}
