package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.NetworkSettings.Architecture;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.learning.config.Nesterovs;

class CosineScheduleTest {

  // cos of 0, 60, 90, 120 and 180 degrees is 1, 1/2, 0, −1/2 and −1.
  @ParameterizedTest
  @CsvSource({"0, 0.4", "100, 0.3", "150, 0.2", "200, 0.1", "300, 0", "301, 0", "9999, 0"})
  void fallsAlongHalfACosineAndStaysAtZero(int step, double rate) {
    assertThat(new CosineSchedule(0.4, 0, 300).valueAt(step, 7)).isCloseTo(rate, within(1e-15));
  }

  // Quarters of 0.4 · (1 + cos(π · step / 300)) / 2, which hardly falls so early.
  @ParameterizedTest
  @CsvSource({"0, 0.1", "1, 0.19999", "2, 0.29997", "3, 0.39990", "4, 0.39982", "150, 0.2"})
  void risesInEqualStepsWhileItWarmsUp(int step, double rate) {
    assertThat(new CosineSchedule(0.4, 4, 300).valueAt(step, 0)).isCloseTo(rate, within(1e-5));
  }

  @Test
  void outlivesTheConfigurationAsJson() {
    ComputationGraphConfiguration configuration =
        Architectures.configuration(
            Architecture.SMALL_CNN,
            8,
            2,
            new Sgd(new CosineSchedule(0.25, 12, 1234), 0.8, 1e-4, 0),
            1);
    ComputationGraphConfiguration read =
        ComputationGraphConfiguration.fromJson(configuration.toJson());
    LayerVertex vertex = (LayerVertex) read.getVertices().get("conv-1");
    BaseLayer convolution = (BaseLayer) vertex.getLayerConf().getLayer();
    Nesterovs nesterovs = (Nesterovs) convolution.getIUpdater();
    assertThat(nesterovs.getMomentum()).isEqualTo(0.8);
    assertThat(nesterovs.getLearningRateSchedule()).isEqualTo(new CosineSchedule(0.25, 12, 1234));
  }

  @Test
  void theNetworkTrainsAtTheScheduledRate() {
    ComputationGraph network =
        Networks.fresh(Architecture.SMALL_CNN, 8, 2, Sgd.of(0.4, 0.9, 0, 300), 1);
    network.getConfiguration().setIterationCount(100);
    assertThat(network.getLearningRate("conv-1")).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void refusesWhatIsNoSchedule() {
    assertThatThrownBy(() -> new CosineSchedule(0, 0, 10))
        .hasMessage("initial must be positive, found: 0.0");
    assertThatThrownBy(() -> new CosineSchedule(0.1, 0, 0))
        .hasMessage("steps must be positive, found: 0");
    assertThatThrownBy(() -> new CosineSchedule(0.1, -1, 9))
        .hasMessage("warmUpSteps must not be negative, found: -1");
  }
}
