package io.syllabus.network;

import static io.syllabus.config.NetworkSettings.Architecture.CNN_13;
import static io.syllabus.config.NetworkSettings.Architecture.RESNET_18;
import static io.syllabus.config.NetworkSettings.Architecture.RESNET_50;
import static io.syllabus.config.NetworkSettings.Architecture.SMALL_CNN;
import static io.syllabus.config.NetworkSettings.Architecture.WIDE_RESNET_28_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.NetworkSettings.Architecture;
import java.util.Map;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ArchitecturesTest {
  // Worked by hand: a 3×3 convolution from i to o channels without bias has 9·i·o values, a 1×1 has
  // i·o; a batch norm over c channels has 4·c (gamma, beta, mean, variance); the classifier of c
  // features has 10·c weights and 10 biases.

  @Test
  void smallCnnHasTheParametersOfItsLayers() {
    long convolutions = 9 * (3 * 32 + 32 * 64 + 64 * 128);
    long norms = 4 * (32 + 64 + 128);
    assertThat(parameters(SMALL_CNN)).isEqualTo(convolutions + norms + 1290).isEqualTo(95_210);
  }

  @Test
  void cnn13HasTheParametersOfItsLayers() {
    long convolutions =
        9 * (3 * 128 + 2 * 128 * 128 + 128 * 256 + 2 * 256 * 256 + 256 * 512)
            + 512 * 256
            + 256 * 128;
    long norms = 4 * (3 * 128 + 3 * 256 + 512 + 256 + 128);
    assertThat(parameters(CNN_13)).isEqualTo(convolutions + norms + 1290).isEqualTo(3_125_898);
  }

  @Test
  void wideResNetHasTheParametersOfItsLayers() {
    long parameters = 9 * 3 * 16; // the first convolution
    parameters += firstBlock(16, 32) + 3 * block(32);
    parameters += firstBlock(32, 64) + 3 * block(64);
    parameters += firstBlock(64, 128) + 3 * block(128);
    parameters += 4 * 128 + 1290; // the last norm, the classifier
    assertThat(parameters(WIDE_RESNET_28_2)).isEqualTo(parameters).isEqualTo(1_471_226);
  }

  // Norm, convolution, norm, convolution, and the 1×1 shortcut.
  private static long firstBlock(long inputs, long channels) {
    return 4 * inputs
        + 9 * inputs * channels
        + 4 * channels
        + 9 * channels * channels
        + inputs * channels;
  }

  private static long block(long channels) {
    return 2 * (4 * channels + 9 * channels * channels);
  }

  // Torchvision's counts for 1,000 classes, and the mean and variance of each of 4,800 and 26,560
  // channels that are normed.
  @Test
  void resNetsHaveTheParametersOfTorchvisions() {
    assertThat(Networks.fresh(RESNET_18, 32, 1000, Networks.SGD, 1).numParams())
        .isEqualTo(11_689_512 + 2 * 4_800);
    assertThat(Networks.fresh(RESNET_50, 32, 1000, Networks.SGD, 1).numParams())
        .isEqualTo(25_557_032 + 2 * 26_560);
  }

  @Test
  void resNetsHalveImagesFiveTimes() {
    Map<String, INDArray> outputs =
        Networks.fresh(RESNET_18, 224, 2, Networks.SGD, 1)
            .feedForward(Networks.input(1, 224), false);
    assertThat(outputs.get("conv-1").shape()).containsExactly(1, 64, 112, 112);
    assertThat(outputs.get("pool-4").shape()).containsExactly(1, 64, 56, 56);
    long least =
        outputs.values().stream()
            .filter(output -> output.rank() == 4 && output.size(1) == 512)
            .mapToLong(output -> output.size(2))
            .min()
            .orElseThrow();
    assertThat(least).isEqualTo(7);
  }

  private static long parameters(Architecture architecture) {
    return Networks.fresh(architecture, 32, 10, Networks.SGD, 1).numParams();
  }

  @ParameterizedTest
  @CsvSource({
    "SMALL_CNN, 8, 2",
    "SMALL_CNN, 20, 10",
    "SMALL_CNN, 32, 100",
    "SMALL_CNN, 33, 10",
    "CNN_13, 8, 100",
    "CNN_13, 20, 2",
    "CNN_13, 33, 10",
    "WIDE_RESNET_28_2, 8, 10",
    "WIDE_RESNET_28_2, 20, 2",
    "WIDE_RESNET_28_2, 33, 100",
    "RESNET_18, 8, 2",
    "RESNET_50, 33, 10"
  })
  void givesProbabilitiesForImagesOfAnySize(Architecture architecture, int imageSize, int classes) {
    ComputationGraph network = Networks.fresh(architecture, imageSize, classes, Networks.SGD, 1);
    INDArray probabilities = network.outputSingle(false, Networks.input(2, imageSize));
    assertThat(probabilities.shape()).containsExactly(2, classes);
    for (float[] row : probabilities.toFloatMatrix()) {
      double sum = 0;
      for (float probability : row) {
        assertThat(probability).isBetween(0f, 1f);
        sum += probability;
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void aSeedGivesTheSameWeightsAgainAndAnotherSeedOthers() {
    float[] weights = Networks.parameters(Networks.small(1));
    assertThat(Networks.parameters(Networks.small(1))).isEqualTo(weights);
    assertThat(Networks.parameters(Networks.small(2))).isNotEqualTo(weights);
  }

  @Test
  void weightsStartUniformAsPyTorchsDo() {
    ComputationGraph network = Networks.fresh(SMALL_CNN, 8, 3, Networks.SGD, 1);
    INDArray weights = network.getLayer("conv-9").getParam("W");
    assertThat(weights.shape()).containsExactly(128, 64, 3, 3);
    assertThat(weights.meanNumber().doubleValue()).isCloseTo(0, within(0.002));
    double bound = 1 / Math.sqrt(64 * 9);
    assertThat(weights.amaxNumber().doubleValue()).isBetween(0.99 * bound, bound);
    assertThat(weights.varNumber().doubleValue()).isCloseTo(bound * bound / 3, within(2e-5));
  }

  @Test
  void appliesLeakyReluAfterBatchNormAndPooling() {
    Map<String, INDArray> outputs =
        Networks.fresh(SMALL_CNN, 8, 3, Networks.SGD, 1).feedForward(Networks.input(4, 8), true);
    INDArray before = outputs.get("pool-3");
    INDArray after = outputs.get("activation-4");
    assertThat(before.minNumber().doubleValue()).isNegative();
    assertThat(after.minNumber().doubleValue())
        .isCloseTo(0.1 * before.minNumber().doubleValue(), within(1e-6));
    assertThat(after.maxNumber()).isEqualTo(before.maxNumber());
  }

  @ParameterizedTest
  @CsvSource({"SMALL_CNN, 1", "CNN_13, 2", "WIDE_RESNET_28_2, 12", "RESNET_50, 1"})
  void dropsOutWhereItIsToldTo(Architecture architecture, int places) {
    assertThat(dropouts(architecture, 0)).isZero();
    assertThat(dropouts(architecture, 0.25)).isEqualTo(places);
    assertThat(Regularization.of(architecture).dropout())
        .isEqualTo(architecture == CNN_13 ? 0.5 : 0);
  }

  private static long dropouts(Architecture architecture, double dropout) {
    return Architectures.configuration(
            architecture,
            8,
            2,
            new Regularization(dropout, OutputRegularizers.NONE),
            Networks.SGD,
            1)
        .getVertices()
        .values()
        .stream()
        .filter(LayerVertex.class::isInstance)
        .map(vertex -> ((LayerVertex) vertex).getLayerConf().getLayer())
        .filter(
            layer ->
                layer instanceof DropoutLayer
                    && ((Dropout) layer.getIDropout()).getP() == 1 - dropout)
        .count();
  }

  @Test
  void refusesImagesUnderEightPixelsAndASingleClass() {
    assertThatThrownBy(() -> Architectures.configuration(SMALL_CNN, 7, 2, Networks.SGD, 1))
        .hasMessage("images must have 8 pixels a side or more, found: 7");
    assertThatThrownBy(() -> Architectures.configuration(SMALL_CNN, 8, 1, Networks.SGD, 1))
        .hasMessage("a classifier needs 2 classes or more, found: 1");
  }
}
