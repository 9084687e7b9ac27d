package io.syllabus.benchmark;

/**
 * What a row measures in.
 *
 * @param text as it is printed
 * @param moreIsBetter whether the larger of two values is the better one
 */
record Unit(String text, boolean moreIsBetter) {
  static final Unit IMAGES_A_SECOND = new Unit("images/s", true);
  static final Unit SECONDS = new Unit("s", false);

  /** How many times better ours is than the peer's: 1 where both are as good. */
  double ratio(double ours, double peer) {
    return moreIsBetter ? ours / peer : peer / ours;
  }
}
