package io.syllabus.spark.score;

import io.syllabus.network.Prediction;
import io.syllabus.spark.shard.ShardExamples;
import java.io.Serializable;

/**
 * One pool image's pseudo-label.
 *
 * @param shard that has the image
 * @param truth its true class, only to measure by, or {@link ShardExamples#UNKNOWN} or {@link
 *     ShardExamples#FOREIGN}
 */
public record Score(int shard, String id, int truth, Prediction prediction)
    implements Serializable {

  boolean isRight() {
    return prediction.label() == truth;
  }
}
