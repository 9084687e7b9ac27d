package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.config.NetworkSettings.Architecture;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

class BackendTest {
  private static final String DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

  @Test
  void saysThatOneDnnIsOn() {
    Backend backend = Backend.start();
    assertThat(backend.oneDnn()).isTrue();
    assertThat(backend.description()).startsWith("oneDNN is on (CpuBackend, 1 native threads");
  }

  @Test
  void saysWhatIsMissingWhereItIsOff() {
    Backend backend = withoutHelpers(Backend::start);
    assertThat(backend.oneDnn()).isFalse();
    assertThat(backend.description())
        .isEqualTo(
            "oneDNN is OFF, training is about 5 times slower: start Java with -D%s=false",
            DISABLED);
  }

  @Test
  void trainsToTheSameParametersAsTheBuiltInLayers() {
    INDArray fast = trained();
    INDArray plain = withoutHelpers(BackendTest::trained);
    assertThat(Transforms.abs(fast.sub(plain)).maxNumber().doubleValue()).isLessThan(1e-5);
    // Other sums in another order: equal bits would mean that the switch did nothing.
    assertThat(fast.toFloatVector()).isNotEqualTo(plain.toFloatVector());
  }

  private static INDArray trained() {
    ComputationGraph network = ArchitecturesTest.network(Architecture.SMALL_CNN, 16, 10, 1);
    SplittableRandom random = new SplittableRandom(5);
    for (int step = 0; step < 3; step++) {
      Minibatch minibatch = new Minibatch(8, 16, 10);
      for (int i = 0; i < 8; i++) {
        byte[] image = new byte[3 * 16 * 16];
        for (int p = 0; p < image.length; p++) {
          image[p] = (byte) random.nextInt(256);
        }
        minibatch.add(image, i, 1 + i % 2);
      }
      network.fit(minibatch.toMultiDataSet());
    }
    return network.params();
  }

  private static <T> T withoutHelpers(java.util.function.Supplier<T> work) {
    String before = System.getProperty(DISABLED);
    System.setProperty(DISABLED, "true");
    try {
      return work.get();
    } finally {
      System.setProperty(DISABLED, before);
    }
  }
}
