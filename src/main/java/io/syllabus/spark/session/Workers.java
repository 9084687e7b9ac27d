package io.syllabus.spark.session;

import io.syllabus.config.Settings;

/** How many averaging workers a run has. */
public final class Workers {
  private static final int LEAST_IMAGES_EACH = 8;

  private Workers() {}

  /**
   * What {@code training.workers} says, or one a slot, but no more than there are shards, nor so
   * many that a worker's part of a minibatch is too small for batch norm.
   *
   * @param slots tasks that Spark runs at once
   */
  public static int of(Settings settings, int slots) {
    int asked = settings.training().workers();
    if (asked > 0) {
      return asked;
    }
    int byBatch = settings.training().batchSize() / LEAST_IMAGES_EACH;
    return Math.max(1, Math.min(slots, Math.min(byBatch, settings.data().shards())));
  }
}
