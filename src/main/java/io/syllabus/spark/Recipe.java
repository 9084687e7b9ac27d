package io.syllabus.spark;

import io.syllabus.augment.Framing;
import io.syllabus.config.Settings;
import io.syllabus.config.TrainingSettings;
import io.syllabus.config.TrainingSettings.Augmentation;
import java.io.Serializable;

/**
 * What every worker needs to know to make minibatches.
 *
 * @param seed of the run
 * @param batchSize images in a worker's minibatch
 * @param framing of the stored images
 * @param mixupAlpha 0 where images are not mixed
 * @param labelSmoothing part of each label that all classes share
 * @param labeledPerMinibatch true labels in a worker's minibatch, of a share with pseudo-labels; 0
 *     where chance decides
 */
record Recipe(
    long seed,
    int batchSize,
    Framing framing,
    int classes,
    Augmentation augmentation,
    double mixupAlpha,
    double labelSmoothing,
    int labeledPerMinibatch)
    implements Serializable {

  /** Plain images, stored as they are taken, and labels as chance has them. */
  Recipe(long seed, int batchSize, int imageSize, int classes, Augmentation augmentation) {
    this(seed, batchSize, Framing.of(imageSize), classes, augmentation, 0, 0, 0);
  }

  static Recipe of(Settings settings, int classes, int workers) {
    TrainingSettings training = settings.training();
    int batchSize = training.batchSize() / workers;
    int labeled = (training.labeledPerMinibatch() + workers - 1) / workers;
    return new Recipe(
        settings.seed(),
        batchSize,
        Framing.of(settings.data()),
        classes,
        training.augmentation(),
        training.mixupAlpha(),
        training.labelSmoothing(),
        Math.min(labeled, batchSize - 1));
  }

  /** The same, but for mixup. */
  Recipe withoutMixup() {
    return new Recipe(
        seed, batchSize, framing, classes, augmentation, 0, labelSmoothing, labeledPerMinibatch);
  }

  /** Pixels a side that the network takes. */
  int imageSize() {
    return framing.taken();
  }
}
