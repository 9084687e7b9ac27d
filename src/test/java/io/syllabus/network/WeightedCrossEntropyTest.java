package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class WeightedCrossEntropyTest {
  private static final INDArray LOGITS =
      Nd4j.createFromArray(new float[][] {{0.5f, -1, 2}, {3, 0.25f, -0.5f}});

  @Test
  void isDeeplearning4jsToTheLastBitWhereEveryWeightIsOne() {
    INDArray oneHot = Nd4j.createFromArray(new float[][] {{0, 1, 0}, {1, 0, 0}});
    assertThat(gradient(new WeightedCrossEntropy(), oneHot))
        .isDeepEqualTo(gradient(new LossMCXENT(), oneHot));
  }

  @Test
  void theGradientOfAnExampleGrowsWithItsWeight() {
    float[][] plain =
        gradient(
            new WeightedCrossEntropy(), Nd4j.createFromArray(new float[][] {{0, 1, 0}, {1, 0, 0}}));
    float[][] weighted =
        gradient(
            new WeightedCrossEntropy(),
            Nd4j.createFromArray(new float[][] {{0, 3, 0}, {0.5f, 0, 0}}));
    for (int c = 0; c < 3; c++) {
      assertThat(weighted[0][c]).isCloseTo(3 * plain[0][c], within(1e-6f));
      assertThat(weighted[1][c]).isCloseTo(0.5f * plain[1][c], within(1e-6f));
    }
  }

  @Test
  void outlivesTheConfigurationAsJson() {
    ComputationGraph back = NetworkSnapshot.of(Networks.small(1)).network();
    OutputLayer output = (OutputLayer) back.getLayer(LayerChain.OUTPUT).conf().getLayer();
    assertThat(output.getLossFn()).isExactlyInstanceOf(WeightedCrossEntropy.class);
  }

  private static float[][] gradient(LossMCXENT loss, INDArray labels) {
    return loss.computeGradient(labels, LOGITS.dup(), new ActivationSoftmax(), null)
        .toFloatMatrix();
  }
}
