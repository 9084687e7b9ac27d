package io.syllabus.augment;

import java.util.SplittableRandom;

/** Random numbers that take one value from the generator each. */
final class Draws {
  private Draws() {}

  /**
   * From 0 to below the bound. {@link SplittableRandom#nextInt(int)} may draw again; a multiply and
   * shift never does, for a bias below bound / 2^32.
   */
  static int below(int bound, SplittableRandom random) {
    return (int) ((Integer.toUnsignedLong(random.nextInt()) * bound) >>> Integer.SIZE);
  }
}
