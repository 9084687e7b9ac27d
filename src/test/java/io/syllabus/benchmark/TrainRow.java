package io.syllabus.benchmark;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.spark.train.AveragingRounds;
import java.util.List;

/** Training a network on random images against PyTorch. */
final class TrainRow {
  private TrainRow() {}

  static Row of(Architecture architecture, int batchSize) {
    String network = Rows.name(architecture);
    return new Row(
        "train/" + network,
        String.format("trains %s on random images, minibatches of %d", network, batchSize),
        Unit.IMAGES_A_SECOND,
        new Ours(architecture, batchSize),
        new PyTorch(List.of("train", network, "--batch=" + batchSize)));
  }

  /**
   * Averaging rounds of 4 minibatches, as runs have them by default.
   *
   * @param batchSize images in a minibatch, shared out to two workers
   */
  record Ours(Architecture architecture, int batchSize) implements Side {
    private static final int MINIBATCHES_A_ROUND = 4;

    @Override
    public String description() {
      return "Syllabus, two workers of one thread in Spark";
    }

    @Override
    public Measurement measure(Setup setup) throws Exception {
      try (AveragingRounds rounds = new AveragingRounds(architecture, batchSize, 2)) {
        return Measurement.of(
            setup.pace().imagesPerSecond(() -> rounds.train(MINIBATCHES_A_ROUND)));
      }
    }
  }
}
