package io.syllabus.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Pairs of operations, one of which an image gets: in place of a search for good pairs, the
 * Curriculum Labeling paper draws them at random.
 */
record Policy(List<Pair> pairs) {
  private static final int PAIRS = 25;

  Policy {
    pairs = List.copyOf(pairs);
  }

  /** Two operations, done one after the other, each with its own probability. */
  record Pair(Step first, Step second) {}

  /**
   * One operation.
   *
   * @param probability that it is done
   * @param level of its magnitude, 0 to 9
   */
  record Step(Operation operation, double probability, int level) {

    static Step drawn(SplittableRandom random) {
      Operation[] all = Operation.values();
      return new Step(
          all[random.nextInt(all.length)], random.nextDouble(), random.nextInt(Operation.LEVELS));
    }

    /** Draws two values, whether or not the operation is done. */
    byte[] apply(byte[] image, int size, SplittableRandom random) {
      boolean done = random.nextDouble() < probability;
      boolean otherSide = random.nextBoolean();
      return done ? operation.apply(image, size, operation.magnitude(level, otherSide)) : image;
    }
  }

  /** 25 pairs, with operations, probabilities and levels all drawn uniformly. */
  static Policy drawn(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      pairs.add(new Pair(Step.drawn(random), Step.drawn(random)));
    }
    return new Policy(pairs);
  }

  /**
   * One pair, drawn uniformly, done to an image. Draws five values.
   *
   * @return a changed copy, or the image itself where neither operation was done
   */
  byte[] apply(byte[] image, int size, SplittableRandom random) {
    Pair pair = pairs.get(Draws.below(pairs.size(), random));
    return pair.second.apply(pair.first.apply(image, size, random), size, random);
  }
}
