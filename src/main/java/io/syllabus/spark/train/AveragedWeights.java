package io.syllabus.spark.train;

import io.syllabus.Seeds;
import io.syllabus.network.BatchNormStatistics;
import io.syllabus.network.NetworkDesign;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.WeightAverage;
import io.syllabus.spark.shard.TrainingShare;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Stochastic weight averaging of one cycle. Each time that weights join the average, all workers
 * together measure what its batch norms see, over the minibatches of the epoch that is just done.
 */
final class AveragedWeights {
  private final JavaSparkContext context;
  private final NetworkDesign design;
  private final MinibatchSource minibatches;
  private Optional<WeightAverage> average = Optional.empty();

  /**
   * @param minibatches of the cycle
   */
  AveragedWeights(JavaSparkContext context, NetworkDesign design, MinibatchSource minibatches) {
    this.context = context;
    this.design = design;
    // Images that are mixed are none that the network will be asked about.
    this.minibatches = minibatches.withoutMixup();
  }

  /** What was added so far; empty where nothing was. */
  Optional<WeightAverage> sum() {
    return average;
  }

  /** Goes on with what was added before. */
  void goOnFrom(Optional<WeightAverage> sum) {
    average = sum;
  }

  /**
   * Adds an epoch's weights.
   *
   * @param epoch all of its minibatches
   * @return the network with the mean of all weights so far
   */
  NetworkSnapshot add(NetworkSnapshot network, JavaRDD<TrainingShare> shares, Round epoch) {
    if (average.isPresent()) {
      average.get().add(network);
    } else {
      average = Optional.of(new WeightAverage(network));
    }
    NetworkSnapshot mean = average.get().mean();
    return statistics(mean, shares, epoch).in(mean);
  }

  private BatchNormStatistics statistics(
      NetworkSnapshot mean, JavaRDD<TrainingShare> shares, Round epoch) {
    NetworkDesign designOfCycle = design;
    MinibatchSource source = minibatches;
    Broadcast<NetworkSnapshot> shipped = context.broadcast(mean);
    try {
      return shares
          .mapPartitionsWithIndex(
              (worker, share) ->
                  measured(
                      designOfCycle,
                      shipped.value(),
                      source.open(epoch, worker, share.next()),
                      Seeds.derive(designOfCycle.seed(), "statistics", epoch.epoch(), worker)),
              true)
          .reduce(BatchNormStatistics::merge);
    } finally {
      shipped.destroy();
    }
  }

  private static Iterator<BatchNormStatistics> measured(
      NetworkDesign design, NetworkSnapshot mean, MinibatchStream minibatches, long seed) {
    ComputationGraph network = KeptNetworks.take(design);
    mean.putInto(network);
    // Dropout is part of what batch norms see.
    Nd4j.getRandom().setSeed(seed);
    BatchNormStatistics statistics = new BatchNormStatistics(network);
    statistics.measure(network, minibatches, RoundWorker::release);
    KeptNetworks.giveBack(design, network);
    return List.of(statistics).iterator();
  }
}
