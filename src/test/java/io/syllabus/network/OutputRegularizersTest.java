package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.NetworkSettings.Architecture;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputRegularizersTest {
  private static final int CLASSES = 3;
  private static final int IMAGES = 4;

  // Two images, (0.8, 0.2) and (0.4, 0.6): mean probabilities 0.6 and 0.4.
  @Test
  void addsBalanceAndEntropy() {
    float[] probabilities = {0.8f, 0.2f, 0.4f, 0.6f};
    double balance = -(Math.log(0.6) + Math.log(0.4)) / 2;
    double entropies =
        -(0.8 * Math.log(0.8) + 0.2 * Math.log(0.2) + 0.4 * Math.log(0.4) + 0.6 * Math.log(0.6));
    assertThat(added(new OutputRegularizers(1, 0), probabilities, 2))
        .isCloseTo(2 * balance, within(1e-6));
    assertThat(added(new OutputRegularizers(0, 1), probabilities, 2))
        .isCloseTo(entropies, within(1e-6));
    assertThat(added(new OutputRegularizers(0.8, 0.4), probabilities, 2))
        .isCloseTo(0.8 * 2 * balance + 0.4 * entropies, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1", "0.8, 0.4"})
  void gradientsAreThoseThatDifferencesShow(double classBalance, double entropy) {
    OutputRegularizers regularizers = new OutputRegularizers(classBalance, entropy);
    SplittableRandom random = new SplittableRandom(4);
    double[] logits = random.doubles(IMAGES * CLASSES, -2, 2).toArray();
    float[] gradients = new float[logits.length];
    regularizers.addGradients(softmax(logits), CLASSES, gradients);
    for (int i = 0; i < logits.length; i++) {
      double step = 1e-2;
      double[] up = logits.clone();
      double[] down = logits.clone();
      up[i] += step;
      down[i] -= step;
      double slope =
          (added(regularizers, softmax(up), CLASSES) - added(regularizers, softmax(down), CLASSES))
              / (2 * step);
      assertThat((double) gradients[i]).isCloseTo(slope, within(2e-4));
    }
  }

  @Test
  void noneAddsNothing() {
    float[] gradients = {1, 2};
    assertThat(OutputRegularizers.NONE.addGradients(new float[] {0.5f, 0.5f}, 2, gradients))
        .isZero();
    assertThat(gradients).containsExactly(1, 2);
  }

  @Test
  void theLossOutlivesTheConfigurationAsJson() {
    Regularization regularization = new Regularization(0, new OutputRegularizers(0.8, 0.4));
    ComputationGraph network =
        new ComputationGraph(
            Architectures.configuration(
                Architecture.SMALL_CNN, 8, CLASSES, regularization, Networks.SGD, 1));
    network.init();
    ComputationGraphConfiguration configuration = network.getConfiguration();
    assertThat(ComputationGraphConfiguration.fromJson(configuration.toJson()).toJson())
        .isEqualTo(configuration.toJson());
    assertThat(configuration.toJson()).contains("0.8", "0.4", "RegularizedCrossEntropy");
  }

  private static double added(OutputRegularizers regularizers, float[] probabilities, int classes) {
    return regularizers.addGradients(probabilities, classes, new float[probabilities.length]);
  }

  private static float[] softmax(double[] logits) {
    float[] probabilities = new float[logits.length];
    for (int row = 0; row < logits.length; row += CLASSES) {
      double sum = 0;
      for (int c = row; c < row + CLASSES; c++) {
        sum += Math.exp(logits[c]);
      }
      for (int c = row; c < row + CLASSES; c++) {
        probabilities[c] = (float) (Math.exp(logits[c]) / sum);
      }
    }
    return probabilities;
  }
}
