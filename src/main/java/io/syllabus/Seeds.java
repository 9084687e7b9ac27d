package io.syllabus;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Seeds derived by name from a run's seed, and what is drawn from them in more than one place, so
 * that every random choice is fixed before work goes parallel and a retried task repeats itself.
 */
public final class Seeds {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /**
   * The seed of one named choice.
   *
   * @param seed the run's seed
   * @param purpose what the choice is for, such as {@code "augment"}
   * @param place where it is made, such as cycle, epoch and partition: same length for one purpose
   */
  public static long derive(long seed, String purpose, long... place) {
    long mixed = mix(seed ^ hash(purpose));
    for (long coordinate : place) {
      mixed = mix(mixed * GOLDEN_GAMMA + mix(coordinate + GOLDEN_GAMMA));
    }
    return mixed;
  }

  /** A generator for one named choice, seeded by {@link #derive}. */
  public static SplittableRandom random(long seed, String purpose, long... place) {
    return new SplittableRandom(derive(seed, purpose, place));
  }

  /**
   * A random order of the numbers from 0 to {@code size} − 1 (Fisher and Yates' shuffle, as in
   * Knuth: "The Art of Computer Programming", algorithm 3.4.2P).
   */
  public static int[] permutation(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** A 64-bit hash of a text that no Java version changes (FNV-1a over UTF-8, finished by mix). */
  public static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  // The finalizer of SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number
  // Generators", OOPSLA 2014).
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
