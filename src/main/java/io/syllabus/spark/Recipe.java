package io.syllabus.spark;

import io.syllabus.config.Settings;
import io.syllabus.config.TrainingSettings.Augmentation;
import java.io.Serializable;

/**
 * What every worker needs to know to make minibatches.
 *
 * @param seed of the run
 * @param batchSize images in a worker's minibatch
 * @param imageSize pixels a side
 */
record Recipe(long seed, int batchSize, int imageSize, int classes, Augmentation augmentation)
    implements Serializable {

  static Recipe of(Settings settings, int classes, int workers) {
    return new Recipe(
        settings.seed(),
        settings.training().batchSize() / workers,
        settings.data().imageSize(),
        classes,
        settings.training().augmentation());
  }
}
