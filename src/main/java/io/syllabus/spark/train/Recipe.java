package io.syllabus.spark.train;

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

  /**
   * The same for a set of examples: minibatches that have true labels counted out get their share
   * of all examples where that is more than was asked for, rounded, and room for a pseudo-label.
   *
   * @param labeled examples with true labels
   * @param examples all examples
   */
  Recipe forSet(long labeled, long examples) {
    int counted = 0;
    if (labeledPerMinibatch > 0 && labeled < examples) {
      long share = Math.round((double) batchSize * labeled / examples);
      counted = (int) Math.min(Math.max(labeledPerMinibatch, share), batchSize - 1);
    }
    return new Recipe(
        seed, batchSize, framing, classes, augmentation, mixupAlpha, labelSmoothing, counted);
  }

  /**
   * How many minibatches each worker needs until all together have seen every example.
   *
   * @param labeled examples with true labels
   * @param examples all examples
   */
  int passOver(int workers, long labeled, long examples) {
    if (labeledPerMinibatch == 0) {
      return minibatches(examples, workers, batchSize);
    }
    return Math.max(
        minibatches(labeled, workers, labeledPerMinibatch),
        minibatches(examples - labeled, workers, batchSize - labeledPerMinibatch));
  }

  private static int minibatches(long examples, int workers, int each) {
    long together = (long) workers * each;
    return Math.toIntExact((examples + together - 1) / together);
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
