package io.syllabus.spark.score;

import io.syllabus.Text;
import io.syllabus.augment.Framing;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.cycle.Calibration;
import io.syllabus.data.Split;
import io.syllabus.evaluate.Reliability;
import io.syllabus.evaluate.Temperature;
import io.syllabus.evaluate.TemperatureSlope;
import io.syllabus.network.Classifier;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.Prediction;
import io.syllabus.spark.shard.ShardExamples;
import io.syllabus.spark.shard.Shares;
import io.syllabus.spark.shard.TrainingShare;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Runs a run's images through a network, on all workers, with test-time preprocessing. */
public final class Scoring {
  private static final double NO_TEMPERATURE = 1;

  private final JavaSparkContext context;
  private final Shares shares;
  private final Engine engine;
  private final Framing framing;
  private final int batchSize;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * @param framing of the stored images
   * @param batchSize images in a batch
   * @param hadoop shipped once: a task that carries it is slow to start
   */
  public Scoring(
      JavaSparkContext context,
      Shares shares,
      Engine engine,
      Framing framing,
      int batchSize,
      Broadcast<SerializableConfiguration> hadoop) {
    this.context = context;
    this.shares = shares;
    this.engine = engine;
    this.framing = framing;
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
  public OptionalDouble accuracy(NetworkSnapshot network, Split split) {
    Broadcast<NetworkSnapshot> shipped = context.broadcast(network);
    try {
      Count count =
          scores(shipped, split, NO_TEMPERATURE)
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
   * Fits a temperature to the validation images, whose probabilities stay on the workers: each step
   * towards it is a job that sums over them.
   */
  public Calibration calibrate(NetworkSnapshot network) {
    Broadcast<NetworkSnapshot> shipped = context.broadcast(network);
    JavaRDD<Known> known =
        classified(shipped, Split.VALIDATION)
            .map(image -> new Known(image.key().row().truth(), image.probabilities()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      double temperature = Temperature.fit(inverse -> slope(known, inverse));
      return new Calibration(temperature, error(known, NO_TEMPERATURE), error(known, temperature));
    } finally {
      known.unpersist(false);
      shipped.destroy();
    }
  }

  /** What the network says of an image whose class is known. */
  private record Known(int truth, float[] probabilities) implements Serializable {}

  private static TemperatureSlope slope(JavaRDD<Known> images, double inverseTemperature) {
    return images
        .mapPartitions(
            part -> {
              TemperatureSlope slope = new TemperatureSlope(inverseTemperature);
              part.forEachRemaining(image -> slope.add(image.probabilities, image.truth));
              return List.of(slope).iterator();
            })
        .reduce(TemperatureSlope::merge);
  }

  private static double error(JavaRDD<Known> images, double temperature) {
    return images
        .mapPartitions(
            part -> {
              Reliability reliability = new Reliability();
              part.forEachRemaining(
                  image -> {
                    Prediction prediction =
                        Prediction.of(Temperature.soften(image.probabilities, temperature));
                    reliability.add(prediction.confidence(), prediction.label() == image.truth);
                  });
              return List.of(reliability).iterator();
            })
        .reduce(Reliability::merge)
        .expectedCalibrationError();
  }

  /**
   * The scores of a split's images, a partition a worker; computed when they are read.
   *
   * @param temperature of the probabilities; 1 leaves them as they are
   */
  public JavaRDD<Score> scores(
      Broadcast<NetworkSnapshot> network, Split split, double temperature) {
    return classified(network, split).map(image -> score(image, temperature));
  }

  /**
   * The scores of the pool, a partition a worker; computed when they are read, but for slices that
   * were written before.
   *
   * @param temperature of the probabilities; 1 leaves them as they are
   * @param folder of the slices
   * @param done counts the images
   */
  JavaRDD<Score> poolScores(
      Broadcast<NetworkSnapshot> network, double temperature, String folder, LongAccumulator done) {
    Pass pass = pass(network, Split.POOL);
    return shares
        .shards()
        .mapPartitionsWithIndex(
            (worker, shards) ->
                new ScoredSlices(
                    Text.format("%s/worker-%05d", folder, worker),
                    ScoredSlices.sliced(shards),
                    part ->
                        IteratorUtils.transformedIterator(
                            pass.open(part),
                            image -> {
                              done.add(1);
                              return score(image, temperature);
                            }),
                    done,
                    pass.hadoop().value().value()),
            true);
  }

  private static Score score(Classifier.Classified<StoredImages.Place> image, double temperature) {
    StoredImages.Place place = image.key();
    Prediction prediction = Prediction.of(Temperature.soften(image.probabilities(), temperature));
    return new Score(place.shard(), place.row().id(), place.row().truth(), prediction);
  }

  /** What a network says of every pool image, a partition a worker; computed when it is read. */
  public JavaRDD<TrainingShare.SoftLabel> softLabels(Broadcast<NetworkSnapshot> network) {
    return classified(network, Split.POOL)
        .map(
            image ->
                new TrainingShare.SoftLabel(
                    image.key().shard(), image.key().row().record(), image.probabilities()));
  }

  private JavaRDD<Classifier.Classified<StoredImages.Place>> classified(
      Broadcast<NetworkSnapshot> network, Split split) {
    Pass pass = pass(network, split);
    return shares.shards().mapPartitions(pass::open, true);
  }

  private Pass pass(Broadcast<NetworkSnapshot> network, Split split) {
    return new Pass(network, split, engine, framing, batchSize, hadoop);
  }

  /** A network's way through a worker's images. */
  private record Pass(
      Broadcast<NetworkSnapshot> network,
      Split split,
      Engine engine,
      Framing framing,
      int batchSize,
      Broadcast<SerializableConfiguration> hadoop)
      implements Serializable {

    Iterator<Classifier.Classified<StoredImages.Place>> open(Iterator<ShardExamples> shards) {
      int size = framing.taken();
      return new Classifier<>(
          network.value().predictor(engine, batchSize, size),
          new StoredImages(shards, split, framing, hadoop.value().value()),
          size,
          batchSize);
    }
  }
}
