package io.syllabus.spark.train;

import io.syllabus.config.Settings;
import io.syllabus.config.TrainingSettings.PseudoLabels;
import io.syllabus.cycle.Model;
import io.syllabus.cycle.Training;
import io.syllabus.network.BestNetwork;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.report.Console;
import io.syllabus.spark.score.Scoring;
import io.syllabus.spark.shard.PseudoLabel;
import io.syllabus.spark.shard.Shares;
import io.syllabus.store.Store;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Trains the networks of a run's cycles, and goes on from the last checkpoint of one. */
public final class Trainer {
  private final JavaSparkContext context;
  private final Settings settings;
  private final Store.Run run;
  private final int classes;
  private final Shares shares;
  private final Scoring scoring;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final Console console;
  private final Recipe recipe;
  private final Optional<NetworkSnapshot> pretrained;

  /**
   * Prepares a run's training; reads the network that its cycles begin with, where the settings
   * name one.
   *
   * @param classes outputs of the network
   * @param scoring validates each epoch's network
   */
  public Trainer(
      JavaSparkContext context,
      Settings settings,
      Store.Run run,
      int classes,
      Shares shares,
      Scoring scoring,
      Broadcast<SerializableConfiguration> hadoop,
      Console console) {
    this.context = context;
    this.settings = settings;
    this.run = run;
    this.classes = classes;
    this.shares = shares;
    this.scoring = scoring;
    this.hadoop = hadoop;
    this.console = console;
    this.recipe = Recipe.of(settings, classes, shares.workers());
    this.pretrained =
        settings
            .network()
            .weights()
            .map(file -> Models.pretrained(file, settings, classes, files()));
  }

  /**
   * Trains a cycle's network to the end of its last epoch, and writes the best one.
   *
   * @param selected pseudo-labels, partitioned like the shares; empty for true labels alone
   * @param start whose parameters it begins with; empty for those of the settings
   * @param scorer that scored the pool; empty where nothing did
   */
  public Training train(
      int cycle,
      Optional<JavaRDD<PseudoLabel>> selected,
      Optional<NetworkSnapshot> start,
      Optional<NetworkSnapshot> scorer) {
    CycleMetrics metrics = new CycleMetrics(run.metrics(cycle), files());
    try (TrainingSet set = trainingSet(selected)) {
      CycleTraining training =
          new CycleTraining(
              context,
              settings,
              recipe,
              cycle,
              set,
              pretrained.map(NetworkSnapshot::blueprint),
              start.or(() -> pretrained),
              scorer.filter(network -> settings.training().pseudoLabels() == PseudoLabels.SOFT),
              scoring,
              hadoop);
      Checkpoints checkpoints = new Checkpoints(run.checkpoints(cycle), files());
      checkpoints
          .last()
          .ifPresent(
              checkpoint -> {
                training.goOnFrom(checkpoint.training());
                metrics.goOnFrom(checkpoint);
              });
      BestNetwork best =
          training.run(
              console,
              epoch -> {
                metrics.add(epoch);
                checkpoints.write(metrics.checkpoint(training.state()));
              });
      Model model = Models.write(best.network(), run.model(cycle), files());
      return new Training(
          model,
          set.examples(),
          best.validationAccuracy(),
          metrics.seconds(),
          training.imagesAnEpoch() * settings.training().epochs() / metrics.trainSeconds());
    }
  }

  private TrainingSet trainingSet(Optional<JavaRDD<PseudoLabel>> selected) {
    return selected
        .map(labels -> TrainingSet.of(shares, labels, classes))
        .orElseGet(() -> TrainingSet.labeledOnly(shares, classes));
  }

  private Configuration files() {
    return context.hadoopConfiguration();
  }
}
