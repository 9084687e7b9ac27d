package io.syllabus.job;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import io.syllabus.data.BadDataException;
import io.syllabus.data.ImageSource;
import io.syllabus.network.Backend;
import io.syllabus.publish.Publication.Change;
import io.syllabus.report.Console;
import io.syllabus.spark.publish.IncrementalLabeling;
import io.syllabus.spark.publish.PublishedLabels;
import io.syllabus.spark.publish.PublishedLabels.Version;
import io.syllabus.spark.session.ClusterWatch;
import io.syllabus.spark.session.DevicePlugin;
import io.syllabus.spark.session.Sessions;
import io.syllabus.spark.table.StoredTable;
import io.syllabus.spark.train.Models;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Labels what is new since the last publication, with the model that it was made with. */
final class LabelingOfNews {
  private final Store store;
  private final Optional<String> input;
  private final boolean force;
  private final Console console;
  private final ClusterWatch watch;

  /**
   * @param store which nobody else writes to
   * @param input the source; empty for the published run's
   * @param force whether to publish what quality gates refuse
   */
  LabelingOfNews(
      Store store, Optional<String> input, boolean force, Console console, ClusterWatch watch) {
    this.store = store;
    this.input = input;
    this.force = force;
    this.console = console;
    this.watch = watch;
  }

  void run() throws IOException {
    // What a process left there that was killed.
    WholeFiles.delete(store.work(), Sessions.hadoop());
    try (SparkSession spark = Sessions.startToCompute("label --incremental", store.work(), watch)) {
      StoredTable.requireIntact(spark, store);
      PublishedLabels labels = new PublishedLabels(spark, store);
      Version latest = labels.requireLatest();
      say(label(spark, latest), latest, labels);
    } finally {
      // Once the process is stopped the lock is free, and another run may be at work there.
      if (!Interruption.isUnderWay()) {
        WholeFiles.delete(store.work(), Sessions.hadoop());
      }
    }
  }

  private Change label(SparkSession spark, Version latest) throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    String id = latest.publication().runId();
    Store.Run run = store.run(id);
    RunDescription description = RunDescription.read(id, run, hadoop);
    ImageSource source =
        ImageSource.unlabeled(
            input.or(() -> description.settings().data().unlabeled()).orElseThrow(() -> none(id)),
            hadoop);
    DevicePlugin.descriptions(1).forEach(console::say);
    Backend.start();
    return new IncrementalLabeling(
            spark,
            store,
            description.settings(),
            Models.read(description.bestModel(run, hadoop), hadoop),
            RunDescription.candidate(run, hadoop)
                .orElseThrow(() -> new BadDataException(run.candidate() + " does not exist")),
            description.best(run, hadoop),
            console)
        .run(source, latest, force);
  }

  private static SettingsException none(String runId) {
    return new SettingsException(
        List.of(Text.format("Run %s had no data.unlabeled: name a source with --input", runId)));
  }

  private void say(Change change, Version latest, PublishedLabels labels) {
    if (change.isEmpty()) {
      console.say(
          Text.format(
              "Nothing is new since version %d, which was published at %s",
              latest.number(), latest.at()));
      return;
    }
    console.say(
        Text.format(
            "Published version %d: %,d images are new, %,d changed, %,d renamed, %,d gone%s",
            labels.requireLatest().number(),
            change.added(),
            change.changed(),
            change.renamed(),
            change.gone(),
            change.reviewed() == 0
                ? ""
                : Text.format("; people changed the label of %,d", change.reviewed())));
  }
}
