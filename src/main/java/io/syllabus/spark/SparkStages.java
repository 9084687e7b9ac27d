package io.syllabus.spark;

import static org.apache.spark.sql.functions.col;

import io.syllabus.Text;
import io.syllabus.augment.Framing;
import io.syllabus.config.CurriculumSettings.Relabel;
import io.syllabus.config.Settings;
import io.syllabus.cycle.Calibration;
import io.syllabus.cycle.CycleResult;
import io.syllabus.cycle.Model;
import io.syllabus.cycle.Selection;
import io.syllabus.cycle.Stages;
import io.syllabus.cycle.Training;
import io.syllabus.data.Split;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.publish.Candidate;
import io.syllabus.publish.ExpectedPrecision;
import io.syllabus.publish.LabelCounts;
import io.syllabus.report.Console;
import io.syllabus.select.ConfidenceBands;
import io.syllabus.select.SelectionRule;
import io.syllabus.select.Thresholds;
import io.syllabus.spark.ingest.IngestedImages;
import io.syllabus.spark.publish.RunLabels;
import io.syllabus.spark.score.MeasuredScores;
import io.syllabus.spark.score.Scoring;
import io.syllabus.spark.score.SplitScores;
import io.syllabus.spark.session.JobProgress;
import io.syllabus.spark.shard.PseudoLabel;
import io.syllabus.spark.shard.Sharding;
import io.syllabus.spark.shard.Shares;
import io.syllabus.spark.train.Models;
import io.syllabus.spark.train.Trainer;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** The stages of a cycle on Spark. Not thread-safe. */
public final class SparkStages implements Stages, AutoCloseable {
  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Settings settings;
  private final Store.Run run;
  private final List<String> classes;
  private final IngestedImages images;
  private final Console console;
  private final Shares shares;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final Scoring scoring;
  private final Trainer trainer;
  private Optional<SplitScores> scores = Optional.empty();
  private Optional<NetworkSnapshot> scorer = Optional.empty();

  /**
   * Takes up a run whose images are ingested and split.
   *
   * @param workers averaging workers
   * @param images what the ingest found
   */
  public SparkStages(
      SparkSession spark,
      Settings settings,
      Store.Run run,
      int workers,
      IngestedImages images,
      Console console) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
    this.run = run;
    this.classes = images.classes();
    this.images = images;
    this.console = console;
    context.setCheckpointDir(run.shares());
    Framing framing = Framing.of(settings.data());
    this.hadoop = context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    this.shares =
        Shares.of(
            spark,
            run,
            new Sharding(settings.data().shards(), images.batches()),
            framing.stored(),
            classes,
            workers,
            hadoop);
    this.scoring =
        new Scoring(
            context,
            shares,
            settings.network().engine(),
            framing,
            settings.scoring().batchSize(),
            hadoop);
    this.trainer =
        new Trainer(context, settings, run, classes.size(), shares, scoring, hadoop, console);
  }

  @Override
  public Training train(int cycle, Optional<Selection> pseudoLabels, Optional<Model> start) {
    // The scores stay until the end: a training share that a worker loses is made of them again.
    try {
      return trainer.train(
          cycle,
          pseudoLabels.map(selection -> scored().selected(selection.thresholds())),
          start.map(model -> Models.read(model, hadoop())),
          scorer);
    } finally {
      closeScores();
    }
  }

  private SplitScores scored() {
    return scores.orElseThrow(() -> new IllegalStateException("Pseudo-labels without scores"));
  }

  @Override
  public Selection scoreAndSelect(int cycle, Model model, SelectionRule rule) {
    long began = System.nanoTime();
    NetworkSnapshot network = Models.read(model, hadoop());
    Optional<Calibration> calibration = calibration("cycle " + cycle, network);
    context.setJobDescription(Text.format("cycle %d: score, %,d images", cycle, images.pool()));
    try (JobProgress progress =
        new JobProgress(
            spark.sparkContext(),
            console.start(Text.format("cycle %d: score", cycle), " images", images.pool()))) {
      SplitScores pool =
          poolScores(network, temperature(calibration), kept(cycle), run.scored(cycle), progress);
      scores = Optional.of(pool);
      scorer = Optional.of(network);
      Thresholds thresholds = rule.thresholds(cycle, pool.confidences());
      context.setJobDescription(Text.format("cycle %d: select", cycle));
      MeasuredScores.Tally tally = pool.tally(thresholds);
      pool.write(run.scores(), cycle, model, thresholds, classes);
      return tally.selection(cycle, rule, thresholds, calibration, secondsSince(began));
    }
  }

  private Optional<Calibration> calibration(String work, NetworkSnapshot network) {
    if (!settings.scoring().calibrate()) {
      return Optional.empty();
    }
    context.setJobDescription(work + ": calibrate");
    return Optional.of(scoring.calibrate(network));
  }

  /**
   * Labels every image of the run: those of the pool with a cycle's model, unless a person has
   * labeled one with the same content. The test images tell how often it is right, or, where there
   * are none, the validation images, which the model was chosen by.
   *
   * @param best the cycle whose model gives the labels
   */
  public Candidate label(Store store, String runId, CycleResult best) throws IOException {
    Optional<String> done = WholeFiles.find(run.candidate(), hadoop());
    if (done.isPresent()) {
      return Candidate.ofJson(done.get());
    }
    NetworkSnapshot network = Models.read(best.training().model(), hadoop());
    double temperature = temperature(calibration("label", network));
    context.setJobDescription("label: measure on held-out images");
    LabelCounts heldOut = heldOut(network, temperature);
    RunLabels labels = new RunLabels(spark, store, run, classes);
    context.setJobDescription(Text.format("label: %,d images", images.pool()));
    RunLabels.Tally tally;
    try (JobProgress progress =
            new JobProgress(
                spark.sparkContext(), console.start("label", " images", images.pool()));
        SplitScores pool =
            poolScores(network, temperature, Optional.empty(), run.labeled(), progress)) {
      ConfidenceBands bands = pool.bands();
      labels.write(
          runId,
          images.examplesVersion(),
          best,
          pool.predictions(),
          new ExpectedPrecision(heldOut).among(bands));
      tally = labels.tally(bands);
    }
    Candidate candidate =
        new Candidate(
            runId,
            best.training().model().checksum(),
            best.training().validationAccuracy(),
            temperature,
            classes,
            tally.trueLabels(),
            heldOut,
            tally.given(),
            tally.human(),
            images.unreadable(),
            images.examplesVersion());
    WholeFiles.write(
        run.candidate(), candidate.toJson().getBytes(StandardCharsets.UTF_8), hadoop());
    WholeFiles.delete(run.labeled(), hadoop());
    return candidate;
  }

  private LabelCounts heldOut(NetworkSnapshot network, double temperature) {
    for (Split split : List.of(Split.TEST, Split.VALIDATION)) {
      try (SplitScores scored =
          SplitScores.ofHeldOut(spark, scoring, network, split, classes.size(), temperature)) {
        LabelCounts counts = scored.counts();
        if (counts.images() > 0) {
          return counts;
        }
      }
    }
    return new LabelCounts(ConfidenceBands.even(classes.size()));
  }

  private SplitScores poolScores(
      NetworkSnapshot network,
      double temperature,
      Optional<JavaRDD<PseudoLabel>> kept,
      String folder,
      JobProgress progress) {
    return SplitScores.ofPool(
        spark,
        scoring,
        network,
        settings.curriculum().confidence(),
        classes.size(),
        temperature,
        kept,
        folder,
        progress.counter());
  }

  private static double temperature(Optional<Calibration> calibration) {
    return calibration.map(Calibration::temperature).orElse(1.0);
  }

  // Read from the store: what the cycle before scored is no longer on the workers.
  private Optional<JavaRDD<PseudoLabel>> kept(int cycle) {
    if (settings.curriculum().relabel() == Relabel.ALL || cycle == 1) {
      return Optional.empty();
    }
    List<String> names = classes;
    return Optional.of(
        shares.distribute(
            spark
                .read()
                .format("delta")
                .load(run.scores())
                .where(col("cycle").equalTo(cycle - 1).and(col("selected")))
                .select("id", "label")
                .javaRDD()
                .mapToPair(
                    row -> new Tuple2<>(row.getString(0), names.indexOf(row.getString(1))))));
  }

  @Override
  public OptionalDouble testAccuracy(Model model) {
    context.setJobDescription("measure on the test images");
    return scoring.accuracy(Models.read(model, hadoop()), Split.TEST);
  }

  /** Deletes what would only serve to go on with a cycle, once its result is written down. */
  public void conclude(int cycle) {
    for (String folder : List.of(run.checkpoints(cycle), run.scored(cycle))) {
      try {
        WholeFiles.delete(folder, hadoop());
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot delete " + folder, e);
      }
    }
  }

  @Override
  public void close() {
    closeScores();
    shares.close();
    hadoop.destroy();
  }

  private void closeScores() {
    scores.ifPresent(SplitScores::close);
    scores = Optional.empty();
  }

  private Configuration hadoop() {
    return context.hadoopConfiguration();
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
