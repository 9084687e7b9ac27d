package io.syllabus.spark.train;

import io.syllabus.Seeds;
import io.syllabus.network.NetworkDesign;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskFailureListener;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains one worker's part of a round: Deeplearning4j's worker, made to repeat itself, on a network
 * that the JVM keeps from round to round.
 */
final class RoundWorker extends ParameterAveragingTrainingWorker {
  private static final long serialVersionUID = 1L;
  private final NetworkDesign design;
  private final Broadcast<RoundStart> start;

  RoundWorker(
      NetworkDesign design, Broadcast<RoundStart> start, WorkerConfiguration configuration) {
    super(null, true, configuration, null, null, null);
    this.design = design;
    this.start = start;
  }

  @Override
  public ComputationGraph getInitialModelGraph() {
    ComputationGraph network = KeptNetworks.take(design);
    // Only then is the network's end read; one whose task failed is not used again.
    AtomicBoolean failed = new AtomicBoolean();
    TaskFailureListener failing = (task, cause) -> failed.set(true);
    TaskContext.get()
        .addTaskFailureListener(failing)
        .addTaskCompletionListener(
            task -> {
              if (!failed.get() && !task.isInterrupted()) {
                KeptNetworks.giveBack(design, network);
              }
            });
    start.value().putInto(network);
    // What a network draws itself, such as dropout, follows from design, round and worker.
    long round = Seeds.derive(design.seed(), "round", start.value().step());
    Nd4j.getRandom().setSeed(Seeds.derive(round, "dropout", TaskContext.getPartitionId()));
    return network;
  }

  // The minibatch's native memory goes at once: Java's collector would let it pile up.
  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      MultiDataSet minibatch, ComputationGraph network, boolean isLast) {
    try {
      return super.processMinibatch(minibatch, network, isLast);
    } finally {
      release(minibatch);
    }
  }

  /** Frees a minibatch. */
  static void release(MultiDataSet minibatch) {
    release(minibatch.getFeatures());
    release(minibatch.getLabels());
  }

  private static void release(INDArray[] arrays) {
    for (INDArray array : arrays) {
      array.close();
    }
  }
}
