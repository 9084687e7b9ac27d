package io.syllabus.job;

import io.syllabus.config.SettingsException;
import io.syllabus.network.Backend;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.report.Console;
import io.syllabus.spark.SourceScoring;
import io.syllabus.spark.session.DevicePlugin;
import io.syllabus.spark.session.Sessions;
import io.syllabus.spark.train.Models;
import io.syllabus.store.Store;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say which finished run's model a job uses. */
final class RunOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec job;

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "The finished run whose best model is used.")
  private Optional<String> runId = Optional.empty();

  @Option(
      names = "--store",
      paramLabel = "PATH",
      defaultValue = "store",
      description = "The store that has the run; ${DEFAULT-VALUE} by default.")
  private String store;

  /** Work on a run that needs Spark. */
  @FunctionalInterface
  interface Work {
    void run(SparkSession spark, Store.Run run, RunDescription description) throws IOException;
  }

  /** Work that needs a run's model, too. */
  @FunctionalInterface
  interface ModelWork {
    void run(SourceScoring scoring, RunDescription run, Configuration hadoop) throws IOException;
  }

  /**
   * The run's name.
   *
   * @throws SettingsException where none is given
   */
  String runId() {
    return runId.orElseThrow(
        () -> new SettingsException(List.of("Missing required option: '--run=ID'")));
  }

  /** Whether a run is named. */
  boolean hasRun() {
    return runId.isPresent();
  }

  /** The path of the store that has the run. */
  String store() {
    return store;
  }

  /** Opens the run and does the work. */
  void with(String name, Work work) throws IOException {
    Configuration hadoop = Sessions.hadoop();
    String id = runId();
    Store.Run run = Store.at(store, hadoop).run(id);
    RunDescription description = RunDescription.read(id, run, hadoop);
    try (SparkSession spark =
        Sessions.start(description.settings(), name + " " + id, Job.of(job).watch())) {
      work.run(spark, run, description);
    }
  }

  /** Opens the run and does the work with its model. */
  void withModel(Console console, String name, ModelWork work) throws IOException {
    with(
        name,
        (spark, run, description) -> {
          Configuration hadoop = spark.sparkContext().hadoopConfiguration();
          NetworkSnapshot network = Models.read(description.bestModel(run, hadoop), hadoop);
          DevicePlugin.descriptions(1).forEach(console::say);
          Backend.start();
          work.run(
              new SourceScoring(
                  spark, description.settings(), network, description.classes(), console),
              description,
              hadoop);
        });
  }
}
