package io.syllabus.spark.train;

import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.WeightAverage;
import java.io.Serializable;
import java.util.Optional;

/** Where a cycle's training stands after an epoch: all that the next one needs. */
final class TrainingState implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int epochs;
  private final RoundStart network;
  private final NetworkSnapshot best;
  private final double bestAccuracy;
  // Null where there is none: an Optional cannot be written.
  private final WeightAverage average;

  /**
   * @param epochs that are done, one or more
   * @param network what the next round starts from
   * @param best the network with the highest validation accuracy so far
   * @param average the sum of weights so far
   */
  TrainingState(
      int epochs,
      RoundStart network,
      NetworkSnapshot best,
      double bestAccuracy,
      Optional<WeightAverage> average) {
    this.epochs = epochs;
    this.network = network;
    this.best = best;
    this.bestAccuracy = bestAccuracy;
    this.average = average.orElse(null);
  }

  int epochs() {
    return epochs;
  }

  RoundStart network() {
    return network;
  }

  NetworkSnapshot best() {
    return best;
  }

  double bestAccuracy() {
    return bestAccuracy;
  }

  Optional<WeightAverage> average() {
    return Optional.ofNullable(average);
  }
}
