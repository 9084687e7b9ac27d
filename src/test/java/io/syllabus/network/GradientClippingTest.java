package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.MultiDataSet;

class GradientClippingTest {
  private static final int SIZE = 8;
  private static final int CLASSES = 3;

  // Plain gradient descent at rate 1 moves the parameters by the gradient.
  @ParameterizedTest
  @EnumSource
  void aStepIsAsLongAsTheLimitAndKeepsItsDirection(Engine engine) {
    float[] free = step(engine, 0);
    float[] clipped = step(engine, 0.125);
    double norm = norm(free);
    assertThat(norm).isGreaterThan(0.2);
    assertThat(norm(clipped)).isCloseTo(0.125, within(1e-5));
    for (int i = 0; i < free.length; i++) {
      assertThat((double) clipped[i]).isCloseTo(free[i] * 0.125 / norm, within(1e-6));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aShortGradientIsLeftAlone(Engine engine) {
    assertThat(step(engine, 1_000)).isEqualTo(step(engine, 0));
  }

  @ParameterizedTest
  @EnumSource
  void whatBatchNormsLearnOfTheirInputsIsLeftAlone(Engine engine) {
    assertThat(variance(engine, 0.001)).isEqualTo(variance(engine, 0));
  }

  @Test
  void refusesALimitThatIsNone() {
    assertThatThrownBy(() -> new GradientClipping(0))
        .hasMessage("maxNorm must be positive, found: 0.0");
  }

  /** How the trained parameters move in one step. */
  private static float[] step(Engine engine, double maxNorm) {
    ComputationGraph network = network(engine, maxNorm);
    float[] before = learned(network);
    network.fit(minibatch());
    float[] moved = learned(network);
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= before[i];
    }
    return moved;
  }

  private static float[] variance(Engine engine, double maxNorm) {
    ComputationGraph network = network(engine, maxNorm);
    network.fit(minibatch());
    return network.getLayer("norm-2").getParam("var").dup().data().asFloat();
  }

  private static ComputationGraph network(Engine engine, double maxNorm) {
    Sgd sgd = new Sgd(new CosineSchedule(1, 0, 1_000_000_000), 0, 0, maxNorm);
    return new NetworkDesign(Blueprint.of(Architecture.SMALL_CNN, SIZE, CLASSES), sgd, 3, engine)
        .fresh();
  }

  private static MultiDataSet minibatch() {
    Minibatch minibatch = new Minibatch(4, SIZE, CLASSES);
    for (int i = 0; i < 4; i++) {
      minibatch.add(Networks.image(SIZE, i), i % CLASSES, 1);
    }
    return minibatch.toMultiDataSet();
  }

  private static float[] learned(ComputationGraph network) {
    float[] all = network.params().dup().data().asFloat();
    for (String norm : new String[] {"norm-2", "norm-6", "norm-10"}) {
      for (String statistic : new String[] {"mean", "var"}) {
        var values = network.getLayer(norm).getParam(statistic);
        int from = Math.toIntExact(values.offset());
        Arrays.fill(all, from, from + Math.toIntExact(values.length()), 0);
      }
    }
    return all;
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
