package io.syllabus.spark;

import io.syllabus.network.NetworkDesign;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Deeplearning4j's parameter averaging, one Spark job a round: every worker starts from the
 * broadcast parameters and momentum, trains its partition's minibatches, and the mean of what the
 * workers end with is the next start. The stock master counts, splits, shuffles and caches its data
 * in every call, and sums in the order in which tasks happen to end; this one does neither.
 *
 * <p>A round moves two vectors of the parameters' length, parameters and momentum, to each worker
 * and back, and the driver holds one result a worker.
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster {
  private static final ClassTag<WorkerEnd> WORKER_END = ClassTag$.MODULE$.apply(WorkerEnd.class);

  private final NetworkDesign design;

  /**
   * @param batchSize images in a worker's minibatch
   * @param design of the network that is trained
   */
  AveragingMaster(int workers, int batchSize, NetworkDesign design) {
    super(
        new ParameterAveragingTrainingMaster.Builder(workers, batchSize)
            .batchSizePerWorker(batchSize)
            .saveUpdater(true)
            .workerPrefetchNumBatches(0)
            .repartionData(Repartition.Never)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .rngSeed(design.seed()));
    this.design = design;
  }

  /** Says how many minibatches each worker trains in the next round. */
  AveragingMaster forMinibatches(int minibatches) {
    averagingFrequency = minibatches;
    return this;
  }

  @Override
  public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> minibatches) {
    ComputationGraph network = graph.getNetwork();
    Broadcast<RoundStart> start = graph.getSparkContext().broadcast(RoundStart.of(network));
    try {
      // In the order of the partitions, so that the sums are the same in every run.
      WorkerEnd[] ends =
          (WorkerEnd[])
              graph
                  .getSparkContext()
                  .sc()
                  .runJob(
                      minibatches.rdd(),
                      new RoundTask(new RoundWorker(design, start, configuration())),
                      WORKER_END);
      WorkerEnd mean = WorkerEnd.mean(List.of(ends));
      int step = network.getConfiguration().getIterationCount() + averagingFrequency;
      new RoundStart(mean.parameters(), mean.momentum(), step).putInto(network);
      graph.setScore(mean.loss());
    } finally {
      start.destroy();
    }
  }

  private WorkerConfiguration configuration() {
    return new WorkerConfiguration(true, 1, batchSizePerWorker, averagingFrequency, 0, false);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
