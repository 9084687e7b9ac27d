package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.NetworkSettings.Architecture;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.MultiDataSet;

class MinibatchTest {
  @Test
  void holdsOnlyWhatWasAddedSinceItWasCleared() {
    Minibatch reused = new Minibatch(2, 8, 3);
    reused.add(Networks.image(8, 1), 0, 1);
    reused.add(Networks.image(8, 2), 1, 5);
    reused.toMultiDataSet();
    reused.clear();
    Minibatch fresh = new Minibatch(2, 8, 3);
    for (Minibatch minibatch : List.of(reused, fresh)) {
      minibatch.add(Networks.image(8, 3), 2, 1);
      minibatch.add(Networks.image(8, 4), 1, 2);
    }
    assertThat(reused.toMultiDataSet()).isEqualTo(fresh.toMultiDataSet());
  }

  @Test
  void laysPixelsOutAsOnePlaneAChannelScaledToMinusOneToOne() {
    byte[] redToBlue = {
      (byte) 255,
      0,
      51, /* next pixel */
      (byte) 204,
      0,
      51,
      (byte) 153,
      0,
      51, /* next pixel */
      (byte) 102,
      0,
      (byte) 255
    };
    Minibatch minibatch = new Minibatch(2, 2, 3);
    minibatch.add(new byte[12], 0, 1);
    minibatch.add(redToBlue, 2, 1);
    MultiDataSet arrays = minibatch.toMultiDataSet();
    assertThat(arrays.getFeatures(0).shape()).containsExactly(2, 3, 2, 2);
    assertThat(arrays.getFeatures(0).dup('c').data().asFloat())
        .containsExactly(
            new float[] {
              -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, // black
              1, 0.6f, 0.2f, -0.2f, -1, -1, -1, -1, -0.6f, -0.6f, -0.6f, 1
            },
            within(1e-6f));
    assertThat(arrays.getLabels(0).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{1, 0, 0}, {0, 0, 1}});
  }

  @Test
  void copiesTheImage() {
    byte[] image = new byte[12];
    Minibatch minibatch = new Minibatch(1, 2, 2);
    minibatch.add(image, 0, 1);
    image[0] = (byte) 255;
    assertThat(minibatch.toMultiDataSet().getFeatures(0).getFloat(0, 0, 0, 0)).isEqualTo(-1f);
  }

  @Test
  void labelsAreOneHotTimesWeightsOfMeanOne() {
    MultiDataSet arrays = minibatch(1, 2, 5).toMultiDataSet();
    assertThat(arrays.getLabels(0).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0.375f, 0, 0}, {0, 0.75f, 0}, {0, 0, 1.875f}});
    // Deeplearning4j's output layer would multiply logits by a mask.
    assertThat(arrays.getLabelsMaskArrays()).isNull();
  }

  @Test
  void labelsAreOneHotWhereAllWeighTheSame() {
    for (float weight : new float[] {1, 9, 0.1f, 1234.567f}) {
      assertThat(minibatch(weight, weight, weight).toMultiDataSet().getLabels(0).toFloatMatrix())
          .isDeepEqualTo(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    }
  }

  @Test
  void theScoreIsTheWeightedMeanOfTheCrossEntropies() {
    ComputationGraph network =
        Networks.fresh(Architecture.SMALL_CNN, 8, 3, Sgd.of(0.1, 0, 0, 1_000_000), 5);
    MultiDataSet arrays = minibatch(3, 1).toMultiDataSet();
    float[][] p = network.output(true, arrays.getFeatures())[0].dup().toFloatMatrix();
    network.fit(arrays);
    assertThat(network.score())
        .isCloseTo(-(3 * Math.log(p[0][0]) + Math.log(p[1][1])) / 4, within(1e-5));
  }

  // For softmax with cross entropy a bias' gradient is the mean of w · (p − y) over the minibatch.
  @Test
  void aStepFollowsTheWeightedMeanOfTheGradients() {
    double rate = 0.1;
    ComputationGraph network =
        Networks.fresh(Architecture.SMALL_CNN, 8, 3, Sgd.of(rate, 0, 0, 1_000_000), 5);
    MultiDataSet arrays = minibatch(3, 1).toMultiDataSet();
    float[][] p = network.output(true, arrays.getFeatures())[0].dup().toFloatMatrix();
    double[] first = {p[0][0] - 1, p[0][1], p[0][2]};
    double[] second = {p[1][0], p[1][1] - 1, p[1][2]};
    network.fit(arrays);
    float[] biases = network.getLayer(LayerChain.OUTPUT).getParam("b").dup().data().asFloat();
    for (int c = 0; c < 3; c++) {
      double weightedMean = (3 * first[c] + second[c]) / 4;
      assertThat((double) biases[c]).isCloseTo(-rate * weightedMean, within(1e-6));
      assertThat((double) biases[c])
          .as("a test that tells weighted from plain")
          .isNotCloseTo(-rate * (first[c] + second[c]) / 2, within(1e-3));
    }
  }

  @Test
  void onlyTheRatiosOfWeightsMatter() {
    ComputationGraph one = Networks.small(5);
    ComputationGraph other = Networks.small(5);
    one.fit(minibatch(3, 1).toMultiDataSet());
    other.fit(minibatch(0.75f, 0.25f).toMultiDataSet());
    assertThat(Networks.parameters(one)).isEqualTo(Networks.parameters(other));
  }

  // The weights 1, 2 and 5 scaled to mean 1, nine tenths at the label and a thirtieth everywhere.
  @Test
  void smoothsLabelsWithinTheirWeight() {
    Minibatch minibatch = minibatch(1, 2, 5);
    minibatch.smoothLabels(0.1);
    assertThat(minibatch.toMultiDataSet().getLabels(0).data().asFloat())
        .containsExactly(
            new float[] {0.35f, 0.0125f, 0.0125f, 0.025f, 0.7f, 0.025f, 0.0625f, 0.0625f, 1.75f},
            within(1e-6f));
  }

  @Test
  void takesProbabilitiesForALabel() {
    Minibatch minibatch = new Minibatch(2, 8, 3);
    minibatch.add(Networks.image(8, 1), 2, 1);
    minibatch.add(Networks.image(8, 2), new float[] {0.5f, 0.25f, 0.25f});
    assertThat(minibatch.toMultiDataSet().getLabels(0).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0, 0, 1}, {0.5f, 0.25f, 0.25f}});
    minibatch.clear();
    minibatch.add(Networks.image(8, 1), 0, 1);
    minibatch.add(Networks.image(8, 2), 1, 1);
    assertThat(minibatch.toMultiDataSet().getLabels(0).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{1, 0, 0}, {0, 1, 0}});
  }

  @Test
  void mixesImagesAndLabelsAlike() {
    Minibatch minibatch = minibatch(1, 2, 5);
    float[] images = minibatch.toMultiDataSet().getFeatures(0).data().asFloat();
    float[] labels = minibatch.toMultiDataSet().getLabels(0).data().asFloat();
    Mixup mixup = Mixup.drawn(1, 3, new SplittableRandom(2));
    MultiDataSet mixed = minibatch.mixed(1, new SplittableRandom(2));
    assertThat(mixed.getFeatures(0).data().asFloat()).isEqualTo(mixup.of(images));
    assertThat(mixed.getLabels(0).data().asFloat()).isEqualTo(mixup.of(labels));
    assertThat(mixed.getFeatures(0).shape()).containsExactly(3, 3, 8, 8);
    // A permutation moves weights about, so that the loss stays a mean.
    assertThat(mixed.getLabels(0).sumNumber().doubleValue()).isCloseTo(3, within(1e-5));
  }

  @Test
  void refusesToBeTakenBeforeItIsFull() {
    Minibatch minibatch = new Minibatch(2, 8, 3);
    minibatch.add(Networks.image(8, 0), 0, 1);
    assertThatThrownBy(minibatch::toMultiDataSet)
        .hasMessage("a minibatch holds 2 images, found: 1");
    assertThatThrownBy(() -> new Minibatch(0, 8, 3))
        .hasMessage("a minibatch must hold an image or more, found: 0");
  }

  // Images of noise, the first of class 0, the second of class 1, and so on.
  private static Minibatch minibatch(float... weights) {
    Minibatch minibatch = new Minibatch(weights.length, 8, 3);
    for (int i = 0; i < weights.length; i++) {
      minibatch.add(Networks.image(8, i), i, weights[i]);
    }
    return minibatch;
  }
}
