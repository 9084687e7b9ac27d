package io.syllabus.benchmark;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.spark.score.ScoredPool;
import io.syllabus.spark.train.AveragingRounds;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a second worker brings: two workers on two cores against one on one. */
final class ScalingRow {
  // What training.averaging-frequency is unless said.
  private static final int MINIBATCHES = 4;
  private static final String JPEGS = "images/s of JPEGs, decoded on the way";

  private ScalingRow() {}

  /**
   * @param images in a pass over the pool
   */
  static Row ofScoring(Architecture architecture, int images) {
    String network = Rows.name(architecture);
    return new Row(
        "scaling/score/" + network,
        String.format(
            "scores %,d ingested CIFAR-10 images with %s, two workers against one",
            images, network),
        Unit.IMAGES_A_SECOND,
        new Scoring(architecture, images, 2),
        new Scoring(architecture, images, 1));
  }

  /**
   * @param batchSize images in a minibatch, of all workers together
   */
  static Row ofRounds(Architecture architecture, int batchSize) {
    String network = Rows.name(architecture);
    return new Row(
        "scaling/round/" + network,
        String.format(
            "trains %s in averaging rounds of %d minibatches of %d, two workers against one",
            network, MINIBATCHES, batchSize),
        Unit.IMAGES_A_SECOND,
        new Rounds(architecture, batchSize, 2),
        new Rounds(architecture, batchSize, 1));
  }

  private record Scoring(Architecture architecture, int images, int workers) implements Side {
    @Override
    public String description() {
      return "scoring, workers: " + workers;
    }

    @Override
    public Optional<String> missing() {
      return Cifar10.missing();
    }

    @Override
    public Measurement measure(Setup setup) throws Exception {
      return ScoreRow.onImages(
          images,
          folder -> {
            Path store = folder.resolveSibling("store");
            try (ScoredPool pool = new ScoredPool(architecture, folder, store, workers)) {
              double decoded = setup.pace().imagesPerSecond(pool::scorePixels);
              double jpegs = setup.pace().imagesPerSecond(pool::scoreJpegs);
              return new Measurement(decoded, Map.of(JPEGS, jpegs));
            }
          });
    }
  }

  private record Rounds(Architecture architecture, int batchSize, int workers) implements Side {
    @Override
    public String description() {
      return "averaging rounds, workers: " + workers;
    }

    @Override
    public Measurement measure(Setup setup) throws Exception {
      try (AveragingRounds rounds = new AveragingRounds(architecture, batchSize, workers)) {
        return Measurement.of(setup.pace().imagesPerSecond(() -> rounds.train(MINIBATCHES)));
      }
    }
  }
}
