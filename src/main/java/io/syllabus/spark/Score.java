package io.syllabus.spark;

import io.syllabus.network.Prediction;
import java.io.Serializable;

/**
 * One pool image's pseudo-label.
 *
 * @param shard that has the image
 * @param truth its true class, only to measure by, or {@link ShardExamples#UNKNOWN} or {@link
 *     ShardExamples#FOREIGN}
 */
record Score(int shard, String id, int truth, Prediction prediction) implements Serializable {

  boolean isRight() {
    return prediction.label() == truth;
  }
}
