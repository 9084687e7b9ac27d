package io.syllabus.job;

import io.syllabus.network.Backend;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.report.Console;
import io.syllabus.spark.Models;
import io.syllabus.spark.Sessions;
import io.syllabus.spark.SourceScoring;
import io.syllabus.store.Store;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The options that say which finished run's model a job uses. */
final class RunOptions {
  @Option(
      names = "--run",
      required = true,
      paramLabel = "ID",
      description = "The finished run whose best model is used.")
  private String runId;

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

  /** The run's name. */
  String runId() {
    return runId;
  }

  /** Opens the run and does the work. */
  void with(String job, Work work) throws IOException {
    Configuration hadoop = new Configuration();
    Store.Run run = Store.at(store, hadoop).run(runId);
    RunDescription description = RunDescription.read(runId, run, hadoop);
    try (SparkSession spark = Sessions.start(description.settings(), job + " " + runId)) {
      work.run(spark, run, description);
    }
  }

  /** Opens the run and does the work with its model. */
  void withModel(Console console, String job, ModelWork work) throws IOException {
    with(
        job,
        (spark, run, description) -> {
          Configuration hadoop = spark.sparkContext().hadoopConfiguration();
          NetworkSnapshot network =
              Models.read(RunDescription.bestModel(runId, run, hadoop), hadoop);
          console.say(Backend.start().description());
          work.run(
              new SourceScoring(
                  spark, description.settings(), network, description.classes(), console),
              description,
              hadoop);
        });
  }
}
