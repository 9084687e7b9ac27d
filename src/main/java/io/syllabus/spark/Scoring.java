package io.syllabus.spark;

import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.data.Split;
import io.syllabus.network.Classifier;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.Prediction;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Runs a run's images through a network, on all workers, with test-time preprocessing. */
final class Scoring {
  private final JavaSparkContext context;
  private final Shares shares;
  private final Engine engine;
  private final int imageSize;
  private final int batchSize;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * @param imageSize pixels a side
   * @param batchSize images in a batch
   * @param hadoop shipped once: a task that carries it is slow to start
   */
  Scoring(
      JavaSparkContext context,
      Shares shares,
      Engine engine,
      int imageSize,
      int batchSize,
      Broadcast<SerializableConfiguration> hadoop) {
    this.context = context;
    this.shares = shares;
    this.engine = engine;
    this.imageSize = imageSize;
    this.batchSize = batchSize;
    this.hadoop = hadoop;
  }

  /** Right and measured images; sums do not depend on the order in which workers end. */
  private record Count(long right, long all) implements Serializable {
    Count plus(Count other) {
      return new Count(right + other.right, all + other.all);
    }
  }

  /** Share of a split's images whose class the network finds; empty where there are none. */
  OptionalDouble accuracy(NetworkSnapshot network, Split split) {
    Broadcast<NetworkSnapshot> shipped = context.broadcast(network);
    try {
      Count count =
          scores(shipped, split, Optional.empty())
              .mapPartitions(
                  scores -> {
                    long right = 0;
                    long all = 0;
                    while (scores.hasNext()) {
                      Score score = scores.next();
                      right += score.isRight() ? 1 : 0;
                      all++;
                    }
                    return List.of(new Count(right, all)).iterator();
                  })
              .reduce(Count::plus);
      return count.all() == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) count.right() / count.all());
    } finally {
      shipped.destroy();
    }
  }

  /**
   * The scores of a split's images, a partition a worker; computed when they are read.
   *
   * @param done counts the images
   */
  JavaRDD<Score> scores(
      Broadcast<NetworkSnapshot> network, Split split, Optional<LongAccumulator> done) {
    Broadcast<SerializableConfiguration> configuration = hadoop;
    Engine engineOfRun = engine;
    int size = imageSize;
    int batch = batchSize;
    LongAccumulator counter = done.orElse(null);
    return shares
        .shards()
        .mapPartitions(
            shards -> {
              Iterator<Classifier.Image<StoredImages.Place>> images =
                  new StoredImages(shards, split, configuration.value().value());
              return new Scores(
                  new Classifier<>(
                      network.value().predictor(engineOfRun, batch, size), images, size, batch),
                  counter);
            },
            true);
  }

  /** Turns what a network says into scores, one at a time. */
  private static final class Scores implements Iterator<Score> {
    private final Classifier<StoredImages.Place> classifier;
    private final LongAccumulator done;

    Scores(Classifier<StoredImages.Place> classifier, LongAccumulator done) {
      this.classifier = classifier;
      this.done = done;
    }

    @Override
    public boolean hasNext() {
      return classifier.hasNext();
    }

    @Override
    public Score next() {
      Classifier.Classified<StoredImages.Place> classified = classifier.next();
      if (done != null) {
        done.add(1);
      }
      StoredImages.Place place = classified.key();
      Prediction prediction = Prediction.of(classified.probabilities());
      return new Score(place.shard(), place.row().id(), place.row().truth(), prediction);
    }
  }
}
