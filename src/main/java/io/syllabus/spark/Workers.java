package io.syllabus.spark;

import io.syllabus.config.Settings;

/** How many averaging workers a run has. */
public final class Workers {
  private static final int LEAST_IMAGES_EACH = 2;

  private Workers() {}

  /**
   * What {@code training.workers} says, or one a slot, but no more than there are shards, nor than
   * a minibatch has pairs of images.
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
