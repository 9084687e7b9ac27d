package io.syllabus.spark;

import io.syllabus.network.NetworkDesign;
import io.syllabus.plan.AveragingGroups;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Deeplearning4j's parameter averaging, one Spark job a round: every worker starts from the
 * broadcast parameters and momentum, trains its partition's minibatches, and the mean of what the
 * workers end with is the next start. The stock master counts, splits, shuffles and caches its data
 * in every call, and sums in the order in which tasks happen to end; this one does neither.
 *
 * <p>A round moves two vectors of the parameters' length, parameters and momentum, to each worker
 * and back. The driver receives and holds one such pair a worker, or, where there are many, one a
 * group of them, whose sum an executor takes.
 */
final class AveragingMaster extends ParameterAveragingTrainingMaster {
  private static final ClassTag<WorkerEnd> WORKER_END = ClassTag$.MODULE$.apply(WorkerEnd.class);

  private final NetworkDesign design;
  private final AveragingGroups groups;

  /**
   * @param batchSize images in a worker's minibatch
   * @param design of the network that is trained
   */
  AveragingMaster(int workers, int batchSize, NetworkDesign design) {
    this(workers, batchSize, design, AveragingGroups.of(workers));
  }

  AveragingMaster(int workers, int batchSize, NetworkDesign design, AveragingGroups groups) {
    super(
        new ParameterAveragingTrainingMaster.Builder(workers, batchSize)
            .batchSizePerWorker(batchSize)
            .saveUpdater(true)
            .workerPrefetchNumBatches(0)
            .repartionData(Repartition.Never)
            .rddTrainingApproach(RDDTrainingApproach.Direct)
            .rngSeed(design.seed()));
    this.design = design;
    this.groups = groups;
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
      WorkerEnd mean =
          WorkerEnd.sum(groups.size() == 1 ? ends(minibatches, task) : sums(minibatches, task))
              .over(workers);
      int step = network.getConfiguration().getIterationCount() + averagingFrequency;
      new RoundStart(mean.parameters(), mean.momentum(), step).putInto(network);
      graph.setScore(mean.loss());
    } finally {
      start.destroy();
    }
  }

  // In the order of the partitions, so that the sums are the same in every run.
  private static List<WorkerEnd> ends(JavaRDD<MultiDataSet> minibatches, RoundTask task) {
    return List.of((WorkerEnd[]) minibatches.context().runJob(minibatches.rdd(), task, WORKER_END));
  }

  // The sums of neighbours, each in the order of the partitions.
  private List<WorkerEnd> sums(JavaRDD<MultiDataSet> minibatches, RoundTask task) {
    int size = groups.size();
    return minibatches
        .mapPartitionsWithIndex(
            (worker, part) -> {
              WorkerEnd end = task.apply(TaskContext.get(), JavaConverters.asScalaIterator(part));
              return List.of(new Tuple2<>(worker / size, new Tuple2<>(worker, end))).iterator();
            },
            true)
        .mapToPair(end -> end)
        .groupByKey(new HashPartitioner(groups.count()))
        .mapValues(AveragingMaster::sumInOrder)
        .collect()
        .stream()
        .sorted(Comparator.comparing(Tuple2::_1))
        .map(Tuple2::_2)
        .toList();
  }

  private static WorkerEnd sumInOrder(Iterable<Tuple2<Integer, WorkerEnd>> ends) {
    return WorkerEnd.sum(
        StreamSupport.stream(ends.spliterator(), false)
            .sorted(Comparator.comparing(Tuple2::_1))
            .map(Tuple2::_2)
            .toList());
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
