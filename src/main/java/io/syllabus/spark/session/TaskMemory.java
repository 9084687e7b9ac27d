package io.syllabus.spark.session;

import io.syllabus.config.Settings;
import io.syllabus.network.NetworkMemory;

/**
 * What a task takes of memory, by estimate: one worker of a training round, or one that scores.
 *
 * @param heapBytes of Java's memory
 * @param nativeBytes beside it
 * @param resultBytes what a worker ends a round with
 */
record TaskMemory(long heapBytes, long nativeBytes, long resultBytes) {
  // The classes are not known before the sources are read.
  private static final int CLASSES = 1000;

  // Parameters and momentum, as they come, as they go, once more while they are serialized, and
  // everybody's slices of them.
  private static final int VECTORS = 8;

  // Decoded pixels and their floats, of the minibatch and of the shuffle buffer before it.
  private static final int BYTES_A_PIXEL = 32;

  static TaskMemory of(Settings settings) {
    int size = settings.data().imageSize();
    NetworkMemory network =
        NetworkMemory.of(
            settings.network().architecture(), size, CLASSES, settings.network().engine());
    int workers = Math.max(1, settings.training().workers());
    int trained = (settings.training().batchSize() + workers - 1) / workers;
    int scored = settings.scoring().batchSize();
    long pixels = (long) size * size * Math.max(trained, scored);
    return new TaskMemory(
        VECTORS * network.weightBytes() + BYTES_A_PIXEL * pixels,
        network.workerBytes(trained, scored),
        network.exchangedBytes());
  }
}
