package io.syllabus.spark.score;

import static io.syllabus.Checks.require;
import static org.apache.spark.sql.functions.col;

import io.syllabus.config.CurriculumSettings.Confidence;
import io.syllabus.config.DataSettings;
import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.config.Settings;
import io.syllabus.data.ImageDecoder;
import io.syllabus.data.ImageSource;
import io.syllabus.data.Inventory;
import io.syllabus.data.SourceRole;
import io.syllabus.network.Backend;
import io.syllabus.network.Classifier;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.Prediction;
import io.syllabus.report.Console;
import io.syllabus.select.ExactPercentile;
import io.syllabus.spark.LocalSpark;
import io.syllabus.spark.TestRun;
import io.syllabus.spark.ingest.DecodedRows;
import io.syllabus.spark.ingest.Ingest;
import io.syllabus.spark.ingest.Splitting;
import io.syllabus.spark.shard.Shares;
import io.syllabus.spark.train.FreshNetworks;
import io.syllabus.spark.train.RandomImages;
import io.syllabus.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Scores an ingested pool of images in Spark. */
public final class ScoredPool implements AutoCloseable {
  private static final int BATCH_SIZE = 16;
  private static final String RUN = "benchmark";

  private final int workers;
  private final TestRun run;
  private final NetworkSnapshot network;
  private final Broadcast<NetworkSnapshot> shipped;
  private final Dataset<Row> examples;
  private final Shares shares;
  private final Scoring scoring;
  private int pass;

  /**
   * Ingests the pool.
   *
   * @param images a folder of images of 32×32 pixels
   * @param folder of the store that is made
   * @param workers so many cores, and nothing beside them
   */
  public ScoredPool(Architecture architecture, Path images, Path folder, int workers)
      throws IOException {
    Backend backend = Backend.start();
    require(backend.oneDnn(), "%s", backend.description());
    this.workers = workers;
    LocalSpark.session(LocalSpark.cores(workers));
    Settings settings =
        LocalSpark.settings(
            "store=" + folder,
            "data.image-size=" + RandomImages.IMAGE_SIZE,
            "data.resize=none",
            "data.shards=16",
            "scoring.batch-size=" + BATCH_SIZE);
    Store store = Store.at(settings.store(), LocalSpark.hadoop());
    run = ingested(settings, store, images);
    network = NetworkSnapshot.of(FreshNetworks.of(architecture, Engine.ONEDNN));
    shipped = LocalSpark.context().broadcast(network);
    examples = LocalSpark.session().read().format("delta").load(store.examples());
    shares = run.shares(workers);
    scoring = run.scoring(shares);
  }

  private static TestRun ingested(Settings settings, Store store, Path images) throws IOException {
    ImageSource pool = ImageSource.unlabeled(images.toString(), LocalSpark.hadoop());
    SparkSession spark = LocalSpark.session();
    Inventory inventory =
        new Ingest(spark, store, RUN, settings.data())
            .run(Map.of(SourceRole.UNLABELED, pool), Console.silent())
            .inventory();
    Splitting.of(spark, settings)
        .run(store.examples(), 0, LocalSpark.nobodyAsked(), store.run(RUN).split());
    return new TestRun(settings, store.run(RUN), inventory);
  }

  /**
   * Scores the pool from the bytes in the examples table, each image decoded on the way.
   *
   * @return how many images were scored
   */
  public long scoreJpegs() {
    Broadcast<NetworkSnapshot> model = shipped;
    DataSettings data = run.settings().data();
    ImageDecoder decoder = ImageDecoder.of(data);
    JavaRDD<Long> counts =
        storedBytes()
            .mapPartitions(
                rows -> {
                  Iterator<Classifier.Image<String>> decoded = new DecodedRows(rows, decoder);
                  Classifier<String> classifier =
                      new Classifier<>(
                          model
                              .value()
                              .predictor(Engine.ONEDNN, BATCH_SIZE, RandomImages.IMAGE_SIZE),
                          decoded,
                          RandomImages.IMAGE_SIZE,
                          BATCH_SIZE);
                  return List.of(scored(classifier)).iterator();
                });
    return counts.reduce(Long::sum);
  }

  // A partition a worker, as the shares are.
  private JavaRDD<Row> storedBytes() {
    return LongStream.range(0, workers)
        .mapToObj(
            worker ->
                examples
                    .where(col("shard").mod(workers).equalTo(worker))
                    .select("id", "bytes")
                    .coalesce(1))
        .reduce(Dataset::union)
        .orElseThrow()
        .javaRDD();
  }

  private static long scored(Classifier<String> classifier) {
    long images = 0;
    while (classifier.hasNext()) {
      Prediction prediction = Prediction.of(classifier.next().probabilities());
      images += prediction.label() == prediction.runnerUp() ? 0 : 1;
    }
    return images;
  }

  /**
   * Scores the pool from its pixel files, as every cycle of a run does.
   *
   * @return how many images were scored
   */
  public long scorePixels() {
    try (SplitScores scores =
        SplitScores.ofPool(
            LocalSpark.session(),
            scoring,
            network,
            Confidence.PROBABILITY,
            RandomImages.CLASSES,
            1,
            Optional.empty(),
            run.run().scored(pass++),
            LocalSpark.context().sc().longAccumulator())) {
      return new ExactPercentile(scores.confidences().together()).total();
    }
  }

  @Override
  public void close() {
    shipped.destroy();
    shares.close();
    LocalSpark.stop();
  }
}
