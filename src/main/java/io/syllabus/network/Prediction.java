package io.syllabus.network;

import static io.syllabus.Checks.require;

import java.io.Serializable;

/**
 * What a network says of one image.
 *
 * @param label the class with the largest probability; of equals, the first
 * @param confidence its probability, in [0, 1]
 * @param runnerUp the class with the next largest probability; of equals, the first
 * @param margin confidence less the runner-up's probability, in [0, 1]
 * @param entropy of the probabilities, in nats: from 0, where one class has all, to log K
 */
public record Prediction(int label, float confidence, int runnerUp, float margin, float entropy)
    implements Serializable {

  /**
   * Reads a prediction off probabilities.
   *
   * @param probabilities one a class, two classes or more
   * @throws IllegalArgumentException where one of them is no number
   */
  public static Prediction of(float[] probabilities) {
    require(probabilities.length >= 2, "found %s classes, 2 are needed", probabilities.length);
    for (float probability : probabilities) {
      require(
          !Float.isNaN(probability), "the network's output is no number: its training diverged");
    }
    int label = 0;
    int runnerUp = -1;
    for (int c = 1; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[label]) {
        runnerUp = label;
        label = c;
      } else if (runnerUp < 0 || probabilities[c] > probabilities[runnerUp]) {
        runnerUp = c;
      }
    }
    float confidence = probabilities[label];
    float margin = confidence - probabilities[runnerUp];
    return new Prediction(label, confidence, runnerUp, margin, entropy(probabilities));
  }

  private static float entropy(float[] probabilities) {
    double entropy = 0;
    for (float probability : probabilities) {
      // The limit of p · log p at 0 is 0.
      entropy -= probability > 0 ? probability * Math.log(probability) : 0;
    }
    return (float) entropy;
  }
}
