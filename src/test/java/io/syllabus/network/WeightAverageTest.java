package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

class WeightAverageTest {
  private static final int SIZE = 8;

  @Test
  void isTheMeanOfEveryParameter() {
    NetworkSnapshot one = NetworkSnapshot.of(Networks.small(1));
    NetworkSnapshot two = NetworkSnapshot.of(Networks.small(2));
    NetworkSnapshot three = NetworkSnapshot.of(Networks.small(3));
    WeightAverage average = new WeightAverage(one);
    average.add(two);
    average.add(three);
    float[] mean = average.mean().parameters();
    for (int i = 0; i < mean.length; i++) {
      double sum = (double) one.parameter(i) + two.parameter(i) + three.parameter(i);
      assertThat(mean[i]).isEqualTo((float) (sum / 3));
    }
  }

  @Test
  void ofOneNetworkIsThatNetwork() {
    NetworkSnapshot only = NetworkSnapshot.of(Networks.small(1));
    assertThat(new WeightAverage(only).mean().checksum()).isEqualTo(only.checksum());
  }

  @Test
  void takesNoOtherArchitecture() {
    WeightAverage average = new WeightAverage(NetworkSnapshot.of(Networks.small(1)));
    NetworkSnapshot other =
        NetworkSnapshot.of(Networks.fresh(Architecture.SMALL_CNN, 8, 5, Networks.SGD, 1));
    assertThatThrownBy(() -> average.add(other)).hasMessageContaining("takes no network of");
  }

  // The first batch norm sees the first convolution, whose mean and variance can be worked out.
  @ParameterizedTest
  @EnumSource
  void statisticsAreTheMeanOfTheMinibatches(Engine engine) {
    ComputationGraph network = network(engine);
    BatchNormStatistics one = new BatchNormStatistics(network);
    BatchNormStatistics other = new BatchNormStatistics(network);
    one.measure(network, List.of(minibatch(0), minibatch(4)).iterator(), batch -> {});
    other.measure(network, List.of(minibatch(8)).iterator(), batch -> {});
    ComputationGraph measured = one.merge(other).in(NetworkSnapshot.of(network)).network();

    INDArray mean = measured.getLayer("norm-2").getParam("mean");
    INDArray variance = measured.getLayer("norm-2").getParam("var");
    for (int channel = 0; channel < 32; channel++) {
      double expectedMean = 0;
      double expectedVariance = 0;
      for (int first : new int[] {0, 4, 8}) {
        INDArray seen =
            network
                .feedForward(minibatch(first).getFeatures(), false)
                .get("conv-1")
                .tensorAlongDimension(channel, 0, 2, 3)
                .dup();
        expectedMean += seen.meanNumber().doubleValue() / 3;
        expectedVariance += seen.var(false).getDouble(0) / 3;
      }
      assertThat(mean.getDouble(channel)).isCloseTo(expectedMean, within(1e-4));
      assertThat(variance.getDouble(channel)).isCloseTo(expectedVariance, within(1e-4));
    }
  }

  @Test
  void statisticsLeaveAllElseAlone() {
    ComputationGraph network = network(Engine.ONEDNN);
    NetworkSnapshot before = NetworkSnapshot.of(network);
    BatchNormStatistics statistics = new BatchNormStatistics(network);
    statistics.measure(network, List.of(minibatch(0)).iterator(), batch -> {});
    assertThat(NetworkSnapshot.of(network).checksum()).isEqualTo(before.checksum());
    ComputationGraph measured = statistics.in(before).network();
    for (String layer : List.of("conv-1", "conv-5", "conv-9", "class")) {
      assertThat(measured.getLayer(layer).getParam("W"))
          .isEqualTo(network.getLayer(layer).getParam("W"));
    }
    assertThat(measured.getLayer("norm-2").getParam("gamma"))
        .isEqualTo(network.getLayer("norm-2").getParam("gamma"));
  }

  @Test
  void refusesToGiveStatisticsOfNothing() {
    NetworkSnapshot network = NetworkSnapshot.of(Networks.small(1));
    BatchNormStatistics none = new BatchNormStatistics(network.network());
    assertThatThrownBy(() -> none.in(network)).hasMessage("no minibatch was measured");
  }

  private static ComputationGraph network(Engine engine) {
    return new NetworkDesign(Blueprint.of(Architecture.SMALL_CNN, SIZE, 3), Networks.SGD, 5, engine)
        .fresh();
  }

  private static MultiDataSet minibatch(int firstImage) {
    Minibatch minibatch = new Minibatch(4, SIZE, 3);
    for (int i = 0; i < 4; i++) {
      minibatch.add(Networks.image(SIZE, firstImage + i), i % 3, 1);
    }
    return minibatch.toMultiDataSet();
  }
}
