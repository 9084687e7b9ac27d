package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.NetworkSettings.Architecture;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

class MinibatchTest {
  private static final int SIZE = 8;

  @Test
  void laysPixelsOutAsPlanesBetweenMinusOneAndOne() {
    Minibatch minibatch = new Minibatch(1, 2, 2);
    minibatch.add(bytes(0, 51, 255, 1, 2, 3, 4, 5, 6, 7, 8, 9), 1, 1);
    INDArray features = minibatch.toMultiDataSet().getFeatures(0);
    assertThat(features.shape()).containsExactly(1, 3, 2, 2);
    assertThat(features.getFloat(0, 0, 0, 0)).isEqualTo(-1f);
    assertThat(features.getFloat(0, 1, 0, 0)).isCloseTo(-0.6f, within(1e-6f));
    assertThat(features.getFloat(0, 2, 0, 0)).isEqualTo(1f);
    assertThat(features.getFloat(0, 0, 0, 1)).isCloseTo(1 / 127.5f - 1, within(1e-6f));
    assertThat(features.getFloat(0, 2, 1, 1)).isCloseTo(9 / 127.5f - 1, within(1e-6f));
  }

  @Test
  void writesWeightsOfMeanOneIntoTheLabels() {
    INDArray labels = twoImages(3, 1).toMultiDataSet().getLabels(0);
    assertThat(labels.toFloatMatrix()).isDeepEqualTo(new float[][] {{1.5f, 0}, {0, 0.5f}});
    assertThat(twoImages(7, 7).toMultiDataSet().getLabels(0).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{1, 0}, {0, 1}});
  }

  // With softmax and cross entropy the gradient of a class's bias is the mean over the examples of
  // weight · (probability − truth).
  @Test
  void makesTheLossTheWeightedMean() {
    ComputationGraph network = ArchitecturesTest.network(Architecture.SMALL_CNN, SIZE, 2, 1);
    MultiDataSet minibatch = twoImages(3, 1).toMultiDataSet();
    INDArray probabilities = network.output(true, minibatch.getFeatures(0))[0];
    double expected =
        (1.5 * (probabilities.getDouble(0, 0) - 1) + 0.5 * probabilities.getDouble(1, 0)) / 2;
    network.fit(minibatch);
    // The first step with Nesterov momentum 0.9 is 1.9 times the learning rate of 0.1.
    double step = network.getParam("class_b").getDouble(0);
    assertThat(step).isCloseTo(-0.19 * expected, within(1e-6));
  }

  @Test
  void refusesToBeHalfFull() {
    Minibatch minibatch = new Minibatch(2, 2, 2);
    assertThatThrownBy(minibatch::toMultiDataSet)
        .hasMessage("a minibatch holds 2 images, found: 0");
  }

  private static Minibatch twoImages(float one, float other) {
    Minibatch minibatch = new Minibatch(2, SIZE, 2);
    byte[] image = new byte[3 * SIZE * SIZE];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (i * i);
    }
    minibatch.add(image, 0, one);
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (7 * i);
    }
    minibatch.add(image, 1, other);
    return minibatch;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
