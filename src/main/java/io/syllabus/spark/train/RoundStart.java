package io.syllabus.spark.train;

import io.syllabus.network.FlatVector;
import java.io.Serializable;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * What all workers of a round start from.
 *
 * @param momentum the optimizer's state, of the parameters' length without batch-norm statistics
 * @param step how many optimizer steps the network has behind it
 */
record RoundStart(FlatVector parameters, FlatVector momentum, int step) implements Serializable {

  static RoundStart of(ComputationGraph network) {
    return new RoundStart(
        FlatVector.of(network.params()),
        FlatVector.of(network.getUpdater().getStateViewArray()),
        network.getConfiguration().getIterationCount());
  }

  /** Has a network of the same design go on from here. */
  void putInto(ComputationGraph network) {
    parameters.putInto(network.params());
    momentum.putInto(network.getUpdater().getStateViewArray());
    network.getConfiguration().setIterationCount(step);
  }
}
