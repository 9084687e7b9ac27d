package io.syllabus.job;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import io.syllabus.publish.Annotation;
import io.syllabus.publish.LabelStudio;
import io.syllabus.publish.ReviewSheet;
import io.syllabus.report.Console;
import io.syllabus.report.SummaryTable;
import io.syllabus.spark.publish.PublishedLabels;
import io.syllabus.spark.publish.ReviewImport;
import io.syllabus.store.Store;
import io.syllabus.store.StoreLock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes in what people said of published labels. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Takes in what people said: their labels are published at once, and later runs train on them."
    })
final class ReviewImporting extends Job {
  @Mixin private StoreOptions options;

  @Parameters(
      paramLabel = "FILE",
      description =
          "Label Studio's JSON export (.json), or tasks.csv with labels filled in (.csv).")
  private Path file;

  @Option(
      names = "--annotator",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who answered, where the file does not say; ${DEFAULT-VALUE} by default.")
  private String annotator;

  ReviewImporting(Console console) {
    super(console);
  }

  @Override
  void run() throws IOException {
    logTo(LogFile.ofJob("review"));
    List<Annotation> annotations = read();
    options.with("review import", (spark, store) -> add(annotations, spark, store));
  }

  private List<Annotation> read() throws IOException {
    String name = file.toString();
    try (InputStream in = Files.newInputStream(file)) {
      if (name.endsWith(".json")) {
        return LabelStudio.read(in);
      }
      if (name.endsWith(".csv")) {
        return ReviewSheet.read(in);
      }
    } catch (NoSuchFileException e) {
      throw new SettingsException(List.of(file + " does not exist"));
    }
    throw new SettingsException(List.of("a review is a .json or a .csv file, found: " + file));
  }

  private void add(List<Annotation> annotations, SparkSession spark, Store store)
      throws IOException {
    StoreLock lock = lock(store, "review import", options.hadoop());
    try (lock) {
      PublishedLabels.Version latest = new PublishedLabels(spark, store).requireLatest();
      List<String> classes = ReviewExporting.classes(store, latest, options.hadoop());
      ReviewImport.Result result =
          new ReviewImport(spark, store).add(annotations, latest, classes, annotator);
      console()
          .say(
              Text.format(
                  "%,d images are labeled by people now, %,d of them otherwise than before",
                  result.images(), result.corrected()));
      if (result.audited().images() > 0) {
        console().say("Audit: " + SummaryTable.audit(result.audited()));
      }
    }
  }
}
