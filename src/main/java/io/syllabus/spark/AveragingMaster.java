package io.syllabus.spark;

import io.syllabus.network.NetworkDesign;
import io.syllabus.network.NetworkSnapshot;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.nd4j.linalg.dataset.api.MultiDataSet;

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
  private final NetworkDesign design;
  private transient Broadcast<RoundStart> start;

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
  public void executeTrainingMDS(SparkComputationGraph network, JavaRDD<MultiDataSet> minibatches) {
    try {
      doIteration(network, minibatches, 1, 1);
    } finally {
      start.destroy();
    }
  }

  @Override
  public ParameterAveragingTrainingWorker getWorkerInstance(SparkComputationGraph graph) {
    ComputationGraph network = graph.getNetwork();
    start = graph.getSparkContext().broadcast(RoundStart.of(network));
    WorkerConfiguration configuration =
        new WorkerConfiguration(true, 1, batchSizePerWorker, averagingFrequency, 0, false);
    return new RoundWorker(design, start, configuration);
  }

  @Override
  protected void processResults(
      SparkDl4jMultiLayer unused,
      SparkComputationGraph graph,
      JavaRDD<ParameterAveragingTrainingResult> results,
      int split,
      int splits) {
    // Collected in the order of the partitions, so that the sums are the same in every run.
    List<WorkerEnd> ends = results.map(WorkerEnd::of).collect();
    WorkerEnd mean = WorkerEnd.mean(ends);
    ComputationGraph network = graph.getNetwork();
    int step = network.getConfiguration().getIterationCount() + averagingFrequency;
    new RoundStart(mean.parameters(), mean.momentum(), step).putInto(network);
    graph.setScore(mean.loss());
  }

  /** What one worker ends a round with. Deeplearning4j's own result is not serializable. */
  private record WorkerEnd(float[] parameters, float[] momentum, double loss)
      implements Serializable {

    static WorkerEnd of(ParameterAveragingTrainingResult result) {
      return new WorkerEnd(
          NetworkSnapshot.values(result.getParameters()),
          NetworkSnapshot.values(result.getUpdaterState()),
          result.getScore());
    }

    static WorkerEnd mean(List<WorkerEnd> ends) {
      WorkerEnd sum = ends.get(0);
      double loss = sum.loss;
      for (WorkerEnd end : ends.subList(1, ends.size())) {
        add(end.parameters, sum.parameters);
        add(end.momentum, sum.momentum);
        loss += end.loss;
      }
      divide(sum.parameters, ends.size());
      divide(sum.momentum, ends.size());
      return new WorkerEnd(sum.parameters, sum.momentum, loss / ends.size());
    }

    private static void add(float[] values, float[] sum) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i];
      }
    }

    private static void divide(float[] values, int divisor) {
      for (int i = 0; i < values.length; i++) {
        values[i] /= divisor;
      }
    }
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
