package io.syllabus.data;

import java.util.SplittableRandom;

/** The random choices of a drawing, in the words of a drawing. For one thread. */
record Chance(SplittableRandom random) {

  /** A number from low to high, all alike. */
  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** A number at most so far from zero, either way, all alike. */
  double around(double farthest) {
    return between(-farthest, farthest);
  }

  /** A count from zero to the most, both included, all alike. */
  int upTo(int most) {
    return random.nextInt(most + 1);
  }

  boolean happens(double probability) {
    return random.nextDouble() < probability;
  }
}
