package io.syllabus.spark;

import io.syllabus.Seeds;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Trains one worker's part of a round: Deeplearning4j's worker, made to repeat itself. */
final class RoundWorker extends ParameterAveragingTrainingWorker {
  private static final long serialVersionUID = 1L;
  private final int firstStep;
  private final long seed;

  /**
   * @param firstStep how many optimizer steps the network has behind it
   * @param seed of what the network draws itself, such as dropout, in this round
   */
  RoundWorker(
      Broadcast<NetBroadcastTuple> start,
      WorkerConfiguration configuration,
      int firstStep,
      long seed) {
    super(start, true, configuration, null, null, null);
    this.firstStep = firstStep;
    this.seed = seed;
  }

  @Override
  public ComputationGraph getInitialModelGraph() {
    ComputationGraph network = super.getInitialModelGraph();
    // The configuration's clone, which the network was built from, begins to count at 0: the
    // learning rate would never fall.
    network.getConfiguration().setIterationCount(firstStep);
    Nd4j.getRandom().setSeed(Seeds.derive(seed, "dropout", TaskContext.getPartitionId()));
    return network;
  }

  // The minibatch's native memory goes at once: Java's collector would let it pile up.
  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      MultiDataSet minibatch, ComputationGraph network, boolean isLast) {
    try {
      return super.processMinibatch(minibatch, network, isLast);
    } finally {
      release(minibatch.getFeatures());
      release(minibatch.getLabels());
    }
  }

  private static void release(INDArray[] arrays) {
    for (INDArray array : arrays) {
      array.close();
    }
  }
}
