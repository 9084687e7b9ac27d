package io.syllabus.network;

import static io.syllabus.Checks.require;

import io.syllabus.config.TrainingSettings;
import java.io.Serializable;

/**
 * What is added to the cross entropy of a minibatch so that soft pseudo-labels do not lead a
 * network to give all images one class, or every class to each (Arazo, Ortego, Albert, O'Connor,
 * McGuinness: "Pseudo-Labeling and Confirmation Bias in Deep Semi-Supervised Learning", IJCNN 2020,
 * equations 2 to 4; after Tanaka et al., CVPR 2018).
 *
 * @param classBalance λ_A, of {@code −Σ_c log(mean probability of c) / K}
 * @param entropy λ_H, of the probabilities' mean entropy
 */
public record OutputRegularizers(double classBalance, double entropy) implements Serializable {

  /** None of both. */
  public static final OutputRegularizers NONE = new OutputRegularizers(0, 0);

  /** Deeplearning4j's bound for a probability whose logarithm is taken (LossMCXENT). */
  public static final double LEAST_PROBABILITY = 1e-10;

  public OutputRegularizers {
    require(classBalance >= 0, "classBalance must not be negative, found: %s", classBalance);
    require(entropy >= 0, "entropy must not be negative, found: %s", entropy);
  }

  /** Those of the settings. */
  public static OutputRegularizers of(TrainingSettings settings) {
    return new OutputRegularizers(settings.classBalance(), settings.entropy());
  }

  /** Whether nothing is added. */
  public boolean isNone() {
    return classBalance == 0 && entropy == 0;
  }

  /**
   * Adds their gradients.
   *
   * @param probabilities [images, classes], softmax of the logits
   * @param logitGradients of the minibatch's mean loss times its images, likewise; added to
   * @return what they add to the sum of the images' losses
   */
  public double addGradients(float[] probabilities, int classes, float[] logitGradients) {
    if (isNone()) {
      return 0;
    }
    int images = probabilities.length / classes;
    double[] means = means(probabilities, classes);
    double loss = 0;
    for (double mean : means) {
      loss -= images * classBalance * Math.log(Math.max(LEAST_PROBABILITY, mean)) / classes;
    }
    double[] gradients = new double[classes];
    for (int row = 0; row < probabilities.length; row += classes) {
      double expected = 0;
      for (int c = 0; c < classes; c++) {
        double probability = probabilities[row + c];
        double logarithm = Math.log(Math.max(LEAST_PROBABILITY, probability));
        loss -= entropy * probability * logarithm;
        gradients[c] =
            -classBalance / (classes * Math.max(LEAST_PROBABILITY, means[c]))
                - entropy * (logarithm + 1);
        expected += probability * gradients[c];
      }
      for (int c = 0; c < classes; c++) {
        logitGradients[row + c] += (float) (probabilities[row + c] * (gradients[c] - expected));
      }
    }
    return loss;
  }

  private static double[] means(float[] probabilities, int classes) {
    double[] means = new double[classes];
    int images = probabilities.length / classes;
    for (int i = 0; i < probabilities.length; i++) {
      means[i % classes] += (double) probabilities[i] / images;
    }
    return means;
  }
}
