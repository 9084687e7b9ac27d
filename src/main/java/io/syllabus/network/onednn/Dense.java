package io.syllabus.network.onednn;

import io.syllabus.network.OutputRegularizers;
import java.util.Arrays;

/**
 * The arithmetic of a dense layer with softmax, on plain arrays. It is a thousandth of a network's
 * work. Not thread-safe.
 */
final class Dense {
  private final int images;
  private final int inputs;
  private final int classes;
  final float[] features;
  final float[] weights;
  final float[] biases;
  final float[] probabilities;
  private final float[] logitGradients;

  /**
   * @param images rows of {@code features}, [images, inputs], and {@code probabilities}
   * @param weights [classes, inputs]
   * @param biases [classes]
   */
  Dense(int images, float[] weights, float[] biases) {
    this.images = images;
    this.classes = biases.length;
    this.inputs = weights.length / classes;
    this.features = new float[images * inputs];
    this.weights = weights;
    this.biases = biases;
    this.probabilities = new float[images * classes];
    this.logitGradients = new float[images * classes];
  }

  /** Sets the probabilities, [images, classes], from features, weights and biases. */
  void forward() {
    for (int image = 0; image < images; image++) {
      int row = image * classes;
      for (int c = 0; c < classes; c++) {
        float logit = biases[c];
        for (int i = 0; i < inputs; i++) {
          logit += features[image * inputs + i] * weights[c * inputs + i];
        }
        probabilities[row + c] = logit;
      }
      softmax(row);
    }
  }

  private void softmax(int row) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int c = row; c < row + classes; c++) {
      largest = Math.max(largest, probabilities[c]);
    }
    double sum = 0;
    for (int c = row; c < row + classes; c++) {
      probabilities[c] = (float) Math.exp(probabilities[c] - largest);
      sum += probabilities[c];
    }
    for (int c = row; c < row + classes; c++) {
      probabilities[c] /= (float) sum;
    }
  }

  /** Gradients of the layer, of the shapes of what they belong to. */
  record Gradients(float[] features, float[] weights, float[] biases) {}

  /**
   * Loss and gradients, after {@link #forward}. A label row may sum to any weight w: its loss is
   * then w times the image's.
   *
   * @param labels [images, classes]
   * @param regularizers whose loss and gradients are added
   * @param gradients are set
   * @return the sum of the images' losses
   */
  double backward(float[] labels, OutputRegularizers regularizers, Gradients gradients) {
    Arrays.fill(gradients.features, 0);
    Arrays.fill(gradients.weights, 0);
    Arrays.fill(gradients.biases, 0);
    double loss = 0;
    for (int row = 0; row < probabilities.length; row += classes) {
      float weight = 0;
      for (int c = row; c < row + classes; c++) {
        weight += labels[c];
        if (labels[c] != 0) {
          loss -=
              labels[c]
                  * Math.log(Math.max(OutputRegularizers.LEAST_PROBABILITY, probabilities[c]));
        }
      }
      for (int c = row; c < row + classes; c++) {
        logitGradients[c] = weight * probabilities[c] - labels[c];
      }
    }
    loss += regularizers.addGradients(probabilities, classes, logitGradients);
    for (int image = 0; image < images; image++) {
      for (int c = 0; c < classes; c++) {
        addGradients(image, c, logitGradients[image * classes + c], gradients);
      }
    }
    return loss;
  }

  private void addGradients(int image, int c, float logitGradient, Gradients gradients) {
    gradients.biases[c] += logitGradient;
    for (int i = 0; i < inputs; i++) {
      gradients.weights[c * inputs + i] += logitGradient * features[image * inputs + i];
      gradients.features[image * inputs + i] += logitGradient * weights[c * inputs + i];
    }
  }
}
