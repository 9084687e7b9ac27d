package io.syllabus.job;

import io.syllabus.data.BadDataException;
import io.syllabus.publish.Candidate;
import io.syllabus.publish.Outcome;
import io.syllabus.publish.PublicationRefusedException;
import io.syllabus.publish.QualityGates;
import io.syllabus.report.Console;
import io.syllabus.report.SummaryTable;
import io.syllabus.report.TerminalConsole;
import io.syllabus.spark.publish.PublishedLabels;
import io.syllabus.store.Store;
import io.syllabus.store.StoreLock;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes the labels of a finished run: one that was refused, or one from before the last. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = "Publishes the labels that a finished run came to.")
public final class Publish extends Job {
  @Mixin private RunOptions options;

  @Option(names = "--force", description = "Publishes them even where quality gates refuse them.")
  private boolean force;

  Publish(Console console) {
    super(console);
  }

  public static void main(String[] arguments) {
    exit(execute(new Publish(TerminalConsole.standard()), arguments));
  }

  @Override
  void run() throws IOException {
    logTo(LogFile.ofJob("publish"));
    options.with("publish", this::publish);
  }

  private void publish(SparkSession spark, Store.Run run, RunDescription description)
      throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Store store = Store.at(options.store(), hadoop);
    String id = description.runId();
    StoreLock lock = lock(store, "publication of " + id, hadoop);
    try (lock) {
      Candidate candidate =
          WholeFiles.find(run.candidate(), hadoop)
              .map(Candidate::ofJson)
              .orElseThrow(() -> nothingToPublish(id));
      Outcome outcome =
          new PublishedLabels(spark, store)
              .publish(run, candidate, new QualityGates(description.settings().publish()), force);
      if (outcome.isRefused()) {
        throw PublicationRefusedException.ofRun(id, outcome.refusals());
      }
      console().say(SummaryTable.labels(outcome));
    }
  }

  private static BadDataException nothingToPublish(String id) {
    return new BadDataException(
        String.format(
            "Run %s has no labels to publish: it is not finished, or its publish.enabled is false",
            id));
  }
}
