package io.syllabus.spark;

import io.syllabus.network.NetworkSnapshot;
import java.io.Serializable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What all workers of a round start from.
 *
 * @param momentum the optimizer's state, of the parameters' length without batch-norm statistics
 * @param step how many optimizer steps the network has behind it
 */
record RoundStart(float[] parameters, float[] momentum, int step) implements Serializable {

  static RoundStart of(ComputationGraph network) {
    return new RoundStart(
        NetworkSnapshot.values(network.params()),
        NetworkSnapshot.values(network.getUpdater().getStateViewArray()),
        network.getConfiguration().getIterationCount());
  }

  /** Has a network of the same design go on from here. */
  void putInto(ComputationGraph network) {
    try (INDArray parameterRow = row(parameters);
        INDArray momentumRow = row(momentum)) {
      network.setParams(parameterRow);
      network.getUpdater().setStateViewArray(momentumRow);
    }
    network.getConfiguration().setIterationCount(step);
  }

  private static INDArray row(float[] values) {
    return Nd4j.create(values, 1, values.length);
  }
}
