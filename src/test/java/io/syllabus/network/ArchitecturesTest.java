package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.NetworkSettings.Architecture;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ArchitecturesTest {
  private static final Sgd SGD = new Sgd(0.1, 0.9, 5e-4, 100);

  // Worked by hand: convolutions without bias, 4 values a channel of batch norm, 1,290 to classify.
  @ParameterizedTest
  @CsvSource({"SMALL_CNN, 95210", "CNN_13, 3125898", "WIDE_RESNET_28_2, 1471226"})
  void hasThePublishedParameters(Architecture architecture, long parameters) {
    assertThat(network(architecture, 32, 10, 1).numParams()).isEqualTo(parameters);
  }

  @ParameterizedTest
  @CsvSource({
    "SMALL_CNN, 8, 2",
    "SMALL_CNN, 20, 100",
    "SMALL_CNN, 33, 10",
    "CNN_13, 8, 10",
    "CNN_13, 13, 2",
    "WIDE_RESNET_28_2, 9, 3",
    "WIDE_RESNET_28_2, 32, 10"
  })
  void givesProbabilitiesForAnyImageSizeAndClassCount(
      Architecture architecture, int imageSize, int classes) {
    INDArray output =
        network(architecture, imageSize, classes, 1).outputSingle(images(2, imageSize));
    assertThat(output.shape()).containsExactly(2, classes);
    for (int row = 0; row < 2; row++) {
      assertThat(output.getRow(row).sumNumber().doubleValue()).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void drawsTheWeightsFromTheSeed() {
    INDArray weights = network(Architecture.SMALL_CNN, 16, 10, 7).params();
    assertThat(network(Architecture.SMALL_CNN, 16, 10, 7).params()).isEqualTo(weights);
    assertThat(network(Architecture.SMALL_CNN, 16, 10, 8).params()).isNotEqualTo(weights);
  }

  @Test
  void appliesLeakyReluAfterEachBatchNorm() {
    Map<String, INDArray> outputs =
        network(Architecture.SMALL_CNN, 16, 10, 1).feedForward(images(4, 16), true);
    INDArray before = outputs.get("pool-3");
    INDArray after = outputs.get("activation-4");
    assertThat(before.minNumber().doubleValue()).isNegative();
    assertThat(after.minNumber().doubleValue())
        .isCloseTo(0.1 * before.minNumber().doubleValue(), within(1e-6));
    assertThat(after.maxNumber()).isEqualTo(before.maxNumber());
  }

  @Test
  void refusesImagesThatPoolingWouldLeaveNothingOf() {
    assertThatThrownBy(() -> network(Architecture.SMALL_CNN, 4, 10, 1))
        .hasMessage("images must have 8 pixels a side or more, found: 4");
  }

  @Test
  void keepsItsLearningRateScheduleWhenItIsWritten() {
    ComputationGraphConfiguration configuration =
        Architectures.configuration(Architecture.SMALL_CNN, 16, 10, SGD, 1);
    ComputationGraphConfiguration read =
        ComputationGraphConfiguration.fromJson(configuration.toJson());
    assertThat(read.toJson()).contains(CosineSchedule.class.getName());
    assertThat(rate(read)).isEqualTo(rate(configuration)).isEqualTo(0.05);
  }

  private static double rate(ComputationGraphConfiguration configuration) {
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    configuration.setIterationCount(SGD.steps() / 2);
    return network.getLearningRate("conv-1");
  }

  static ComputationGraph network(
      Architecture architecture, int imageSize, int classes, long seed) {
    ComputationGraph network =
        new ComputationGraph(
            Architectures.configuration(architecture, imageSize, classes, SGD, seed));
    network.init();
    return network;
  }

  private static INDArray images(int count, int imageSize) {
    Nd4j.getRandom().setSeed(3);
    return Nd4j.rand(new int[] {count, 3, imageSize, imageSize});
  }
}
