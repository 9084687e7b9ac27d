package io.syllabus.plan;

import static io.syllabus.Checks.require;

import io.syllabus.config.Settings;
import io.syllabus.network.NetworkMemory;

/**
 * What a run will take, by estimate. Times are of the whole run, as if each part kept all workers
 * busy and nothing else ran.
 *
 * @param readSeconds reading and decoding every image once
 * @param trainSeconds training
 * @param averageSeconds sending parameters and momentum to the workers and back, in every round
 * @param averagingFrequency with which averaging would take a tenth of training's time
 * @param scoreSeconds scoring the pool in every cycle, and the validation images in every epoch
 * @param roundBytes what the driver receives in a round, and holds
 * @param taskBytes native memory of a worker
 * @param storedBytes what the store holds when the run has ended
 * @param scratchBytes what it holds besides while the run goes on
 */
public record RunPlan(
    int workers,
    double readSeconds,
    double trainSeconds,
    double averageSeconds,
    int averagingFrequency,
    double scoreSeconds,
    long roundBytes,
    long taskBytes,
    long storedBytes,
    long scratchBytes) {
  private static final double SECONDS_AN_HOUR = 3600;
  // What Spark takes for a round beside its minibatches (RESULTS.md, beside the benchmark).
  private static final double ROUND_SECONDS = 0.012;
  private static final int CHANNELS = 3;
  private static final double TENTH = 0.1;

  // Parquet, from runs on CIFAR-10: an image's score in a cycle, its label in run and table.
  private static final int SCORE_BYTES = 25;
  private static final int LABEL_BYTES = 500;

  public static RunPlan of(
      Settings settings, Workload work, Rates rates, NetworkMemory network, int workers) {
    require(workers > 0, "workers must be positive, found: %s", workers);
    long exchanged = network.exchangedBytes();
    int each = Math.max(1, settings.training().batchSize() / workers);
    long size = settings.data().sideStored();
    double round = ROUND_SECONDS + exchangeSeconds(rates, exchanged, workers);
    double minibatch = settings.training().batchSize() * rates.secondsToTrain() / workers;
    return new RunPlan(
        workers,
        work.images() / (workers * rates.readsPerSecond()),
        work.trained() * rates.secondsToTrain() / workers,
        work.rounds() * round,
        (int) Math.ceil(round / (TENTH * minibatch)),
        (work.scored() + work.validated()) / (workers * rates.scoresPerSecond()),
        AveragingSlices.of(workers, exchanged).driverBytes(workers, exchanged),
        network.workerBytes(each, settings.scoring().batchSize()),
        Math.round(work.images() * rates.bytesAnImage())
            + work.pool() * ((long) SCORE_BYTES * work.cycles() + LABEL_BYTES),
        work.images() * size * size * CHANNELS);
  }

  // Workers hand on what is broadcast, so that it takes as many steps as it doubles. The driver has
  // one connection for what it receives; where that is sums of slices, each worker has received as
  // much before.
  private static double exchangeSeconds(Rates rates, long bytes, int workers) {
    if (workers == 1) {
      return 0;
    }
    double steps = Math.ceil(Math.log(workers) / Math.log(2));
    AveragingSlices slices = AveragingSlices.of(workers, bytes);
    double shares = slices.count() == 1 ? workers : 2;
    return rates.secondsToSend(bytes) * (steps + shares);
  }

  /** Whether averaging takes more than a tenth of training's time. */
  public boolean averagesOften() {
    return averageSeconds > TENTH * trainSeconds;
  }

  /** From begin to end. */
  public double seconds() {
    return readSeconds + trainSeconds + averageSeconds + scoreSeconds;
  }

  /** Of all workers together. */
  public double workerHours() {
    return workers * seconds() / SECONDS_AN_HOUR;
  }
}
