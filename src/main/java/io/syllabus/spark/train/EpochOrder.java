package io.syllabus.spark.train;

import io.syllabus.Seeds;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The order in which a worker sees its share in one epoch. A JVM keeps each worker's last one, four
 * bytes an image: an epoch has many rounds, and to draw it takes as long as the share is large.
 */
final class EpochOrder {
  private static final Map<Place, EpochOrder> LAST = new ConcurrentHashMap<>();

  /** Whose order it is, and of what. */
  private record Place(int worker, String purpose) {}

  private final long seed;
  private final int[] order;

  private EpochOrder(long seed, int[] order) {
    this.seed = seed;
    this.order = order;
  }

  /**
   * The order that follows from a seed; not to be written to.
   *
   * @param purpose what is put in order; a worker's last of each is kept
   * @param size images that are
   */
  static int[] of(int worker, String purpose, long seed, int size) {
    return LAST.compute(
            new Place(worker, purpose),
            (place, last) ->
                last != null && last.seed == seed && last.order.length == size
                    ? last
                    : new EpochOrder(seed, Seeds.permutation(size, new SplittableRandom(seed))))
        .order;
  }
}
