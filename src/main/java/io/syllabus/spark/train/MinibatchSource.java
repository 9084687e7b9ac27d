package io.syllabus.spark.train;

import io.syllabus.spark.shard.TrainingShare;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * What makes the minibatches of a cycle, wherever its shares are.
 *
 * @param classWeights how much an example of each class weighs
 * @param hadoop shipped once: a task that carries it is slow to start
 */
record MinibatchSource(
    Recipe recipe, float[] classWeights, Broadcast<SerializableConfiguration> hadoop)
    implements Serializable {

  /** The same images, not mixed with each other. */
  MinibatchSource withoutMixup() {
    return new MinibatchSource(recipe.withoutMixup(), classWeights, hadoop);
  }

  /** The minibatches of one worker in one round. */
  MinibatchStream open(Round round, int worker, TrainingShare share) {
    return new MinibatchStream(recipe, round, worker, share, classWeights, hadoop.value().value());
  }
}
