package io.syllabus.job;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import io.syllabus.data.BadDataException;
import io.syllabus.publish.Candidate;
import io.syllabus.publish.Outcome;
import io.syllabus.publish.PublicationRefusedException;
import io.syllabus.publish.QualityGates;
import io.syllabus.report.Console;
import io.syllabus.report.SummaryTable;
import io.syllabus.report.TerminalConsole;
import io.syllabus.spark.publish.PublishedLabels;
import io.syllabus.spark.publish.Publisher;
import io.syllabus.spark.session.Sessions;
import io.syllabus.spark.table.StoredTable;
import io.syllabus.store.Store;
import io.syllabus.store.StoreLock;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes the labels of a finished run, or those of an earlier version, again. */
@Command(
    name = "publish",
    description = {
      "Publishes the labels that a finished run came to, or an earlier version again:",
      "under the labels that people give by now."
    })
public final class Publish extends Job {
  @Mixin private RunOptions options;

  // Of picocli's standard options this one alone: --version asks for labels here.
  @SuppressWarnings("unused") // picocli looks at it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "In place of --run: the version of the labels that is published again.")
  private Optional<Long> version = Optional.empty();

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
    if (version.isPresent() == options.hasRun()) {
      throw new SettingsException(
          List.of("say what is published: --run=ID, or --version=N for an earlier version"));
    }
    logTo(LogFile.ofJob("publish"));
    if (version.isPresent()) {
      publishAgain(version.get());
    } else {
      options.with("publish", this::publish);
    }
  }

  private void publish(SparkSession spark, Store.Run run, RunDescription description)
      throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Store store = Store.at(options.store(), hadoop);
    String id = description.runId();
    StoreLock lock = lock(store, "publication of " + id, hadoop);
    try (lock) {
      StoredTable.requireIntact(spark, store);
      Candidate candidate =
          RunDescription.candidate(run, hadoop)
              .orElseThrow(
                  () ->
                      new BadDataException(
                          Text.format(
                              "Run %s has no labels to publish: it is not finished, or its"
                                  + " publish.enabled is false",
                              id)));
      Outcome outcome = publisher(spark, store, description).publish(candidate);
      if (outcome.isRefused()) {
        throw PublicationRefusedException.ofRun(id, outcome.refusals());
      }
      console().say(SummaryTable.labels(outcome));
    }
  }

  private void publishAgain(long number) throws IOException {
    try (SparkSession spark = Sessions.start(Map.of(), "publish version " + number, watch())) {
      Configuration hadoop = spark.sparkContext().hadoopConfiguration();
      Store store = Store.at(options.store(), hadoop);
      StoreLock lock = lock(store, "publication of version " + number, hadoop);
      try (lock) {
        StoredTable.requireIntact(spark, store);
        PublishedLabels.Version asked = new PublishedLabels(spark, store).require(number);
        String id = asked.publication().runId();
        Candidate candidate =
            RunDescription.candidate(store.run(id), hadoop)
                .orElseThrow(
                    () ->
                        new BadDataException(
                            Text.format(
                                "Version %d has labels of run %s, which is deleted: nothing could"
                                    + " be labeled after it",
                                number, id)));
        RunDescription description = RunDescription.read(id, store.run(id), hadoop);
        Outcome outcome = publisher(spark, store, description).publishAgain(asked, candidate);
        if (outcome.isRefused()) {
          throw PublicationRefusedException.ofVersion(number, outcome.refusals());
        }
        console().say(SummaryTable.labels(outcome));
      }
    }
  }

  private Publisher publisher(SparkSession spark, Store store, RunDescription description) {
    return new Publisher(spark, store, new QualityGates(description.settings().publish()), force);
  }
}
