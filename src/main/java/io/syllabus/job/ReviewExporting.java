package io.syllabus.job;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import io.syllabus.report.Console;
import io.syllabus.spark.publish.PublishedLabels;
import io.syllabus.spark.publish.ReviewExport;
import io.syllabus.spark.publish.ReviewSelection;
import io.syllabus.store.Store;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Chooses published labels that people should look at. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes labels that people should look at, with their images: for Label Studio and as CSV."
    })
final class ReviewExporting extends Job {
  @Mixin private StoreOptions options;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description = "A new folder: images, tasks.json, configuration.xml, tasks.csv.")
  private String output;

  @Option(
      names = "--uncertain",
      paramLabel = "N",
      defaultValue = "10",
      description = "Of each class, those that the model is least sure of; ${DEFAULT-VALUE}.")
  private int uncertain;

  @Option(
      names = "--audit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Drawn at random, to measure the precision by; ${DEFAULT-VALUE} by default.")
  private int audit;

  @Option(
      names = "--flipped",
      paramLabel = "N",
      defaultValue = "100",
      description = "Whose label changed most often from cycle to cycle; ${DEFAULT-VALUE}.")
  private int flipped;

  ReviewExporting(Console console) {
    super(console);
  }

  @Override
  void run() throws IOException {
    if (Math.min(uncertain, Math.min(audit, flipped)) < 0) {
      throw new SettingsException(List.of("--uncertain, --audit and --flipped are 0 or more"));
    }
    logTo(LogFile.ofJob("review"));
    Path folder = OutputPath.vacant(output, options.hadoop());
    options.with("review export", (spark, store) -> export(spark, store, folder));
  }

  private void export(SparkSession spark, Store store, Path folder) throws IOException {
    PublishedLabels.Version latest = new PublishedLabels(spark, store).requireLatest();
    ReviewExport.Result result =
        new ReviewExport(spark, store)
            .run(
                latest,
                new ReviewSelection(uncertain, audit, flipped),
                classes(store, latest, options.hadoop()),
                folder);
    console()
        .say(
            Text.format(
                "%,d images of version %d to look at: %s",
                result.tasks(), latest.number(), folder));
    if (result.missing() > 0) {
      console()
          .say(
              Text.format(
                  "%,d of them are no longer where they were labeled, and have no image",
                  result.missing()));
    }
  }

  /** The classes of the run that a version is of. */
  static List<String> classes(Store store, PublishedLabels.Version version, Configuration hadoop)
      throws IOException {
    String id = version.publication().runId();
    return RunDescription.read(id, store.run(id), hadoop).classes();
  }
}
