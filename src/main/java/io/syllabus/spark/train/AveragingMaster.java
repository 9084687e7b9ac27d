package io.syllabus.spark.train;

import io.syllabus.network.NetworkDesign;
import io.syllabus.plan.AveragingSlices;
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
 * and back. The driver receives and holds one such pair a worker, or, where that is much, one in
 * all: the sum, of which each worker adds up a slice.
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster {
  private static final ClassTag<WorkerEnd> WORKER_END = ClassTag$.MODULE$.apply(WorkerEnd.class);

  private final NetworkDesign design;
  private final long driversBytes;

  /**
   * @param batchSize images in a worker's minibatch
   * @param design of the network that is trained
   */
  AveragingMaster(int workers, int batchSize, NetworkDesign design) {
    this(workers, batchSize, design, AveragingSlices.DRIVERS_BYTES);
  }

  /**
   * @param driversBytes up to which the driver adds up what workers end a round with
   */
  AveragingMaster(int workers, int batchSize, NetworkDesign design, long driversBytes) {
    super(
        new ParameterAveragingTrainingMaster.Builder(workers, batchSize)
            .batchSizePerWorker(batchSize)
            .saveUpdater(true)
            .workerPrefetchNumBatches(0)
            .repartionData(Repartition.Never)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .rngSeed(design.seed()));
    this.design = design;
    this.driversBytes = driversBytes;
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
      RoundTask task = new RoundTask(new RoundWorker(design, start, configuration()));
      int workers = minibatches.getNumPartitions();
      AveragingSlices slices = AveragingSlices.of(workers, bytesOf(network), driversBytes);
      WorkerEnd sum =
          slices.count() == 1
              ? WorkerEnd.sum(ends(minibatches, task))
              : SlicedSum.of(minibatches, task, slices.count());
      WorkerEnd mean = sum.over(workers);
      int step = network.getConfiguration().getIterationCount() + averagingFrequency;
      new RoundStart(mean.parameters(), mean.momentum(), step).putInto(network);
      graph.setScore(mean.loss());
    } finally {
      start.destroy();
    }
  }

  // Of parameters and momentum.
  private static long bytesOf(ComputationGraph network) {
    return Float.BYTES
        * (network.params().length() + network.getUpdater().getStateViewArray().length());
  }

  // In the order of the partitions, so that the sums are the same in every run.
  private static List<WorkerEnd> ends(JavaRDD<MultiDataSet> minibatches, RoundTask task) {
    return List.of((WorkerEnd[]) minibatches.context().runJob(minibatches.rdd(), task, WORKER_END));
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
