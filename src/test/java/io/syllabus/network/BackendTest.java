package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackendTest {
  private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

  private String before;

  @BeforeEach
  void keepTheProperty() {
    before = System.getProperty(HELPERS_DISABLED);
  }

  @AfterEach
  void restoreTheProperty() {
    if (before == null) {
      System.clearProperty(HELPERS_DISABLED);
    } else {
      System.setProperty(HELPERS_DISABLED, before);
    }
  }

  @Test
  void computesWithOneDnn() {
    Backend backend = Backend.start();
    assertThat(backend.oneDnn()).as(backend.description()).isTrue();
    assertThat(backend.description()).startsWith("oneDNN is on, native threads of a worker: ");
  }

  @Test
  void saysHowToSwitchOneDnnOnWhereItIsOff() {
    System.setProperty(HELPERS_DISABLED, "true");
    assertSaysOff();
  }

  @Test
  void knowsThatAMissingPropertySwitchesOneDnnOff() {
    System.clearProperty(HELPERS_DISABLED);
    assertSaysOff();
    assertThat(helperOf(Networks.small(1))).isNull();
  }

  @Test
  void oneDnnTrainsAsTheBuiltInLayersDo() {
    ComputationGraph fast = Networks.small(1);
    System.setProperty(HELPERS_DISABLED, "true");
    ComputationGraph slow = Networks.small(1);
    assertThat(helperOf(fast)).as("with oneDNN").isNotNull();
    assertThat(helperOf(slow)).as("without oneDNN").isNull();
    float[] fresh = Networks.parameters(fast);
    assertThat(Networks.parameters(slow)).isEqualTo(fresh);

    trainAStep(slow);
    System.setProperty(HELPERS_DISABLED, "false");
    trainAStep(fast);

    float[] withOneDnn = Networks.parameters(fast);
    assertThat(largestDifference(withOneDnn, fresh)).as("training changed it").isGreaterThan(1e-2);
    assertThat(largestDifference(withOneDnn, Networks.parameters(slow))).isLessThan(1e-5);
  }

  private static void assertSaysOff() {
    Backend backend = Backend.start();
    assertThat(backend.oneDnn()).isFalse();
    assertThat(backend.description())
        .isEqualTo(
            "oneDNN is OFF, training is about 5 times slower: start Java with"
                + " -Dorg.eclipse.deeplearning4j.helpers.disable=false");
  }

  private static Object helperOf(ComputationGraph network) {
    return ((ConvolutionLayer) network.getLayer("conv-1")).getHelper();
  }

  private static void trainAStep(ComputationGraph network) {
    Minibatch minibatch = new Minibatch(6, 8, 3);
    for (int i = 0; i < 6; i++) {
      minibatch.add(Networks.image(8, i), i % 3, 1 + i % 3);
    }
    network.fit(minibatch.toMultiDataSet());
  }

  private static double largestDifference(float[] one, float[] other) {
    assertThat(one).hasSameSizeAs(other);
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
    }
    return largest;
  }
}
