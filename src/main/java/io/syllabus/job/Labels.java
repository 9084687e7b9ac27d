package io.syllabus.job;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import io.syllabus.data.BadDataException;
import io.syllabus.report.Console;
import io.syllabus.report.LabelVersionsTable;
import io.syllabus.report.TerminalConsole;
import io.syllabus.spark.Export;
import io.syllabus.spark.publish.PublishedLabels;
import io.syllabus.spark.publish.PublishedLabels.Version;
import io.syllabus.store.Store;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads what is published, now or at an earlier time. */
@Command(
    name = "labels",
    mixinStandardHelpOptions = true,
    description = "Lists the versions of the published labels, compares two, or exports one.")
public final class Labels extends Job {
  @Mixin private StoreOptions options;

  @Option(
      names = "--at",
      paramLabel = "VERSION|TIME",
      description = {
        "The version that is read: its number, or a time such as 2026-11-24T03:00 (or the date",
        "alone, for the end of that day) for the last one until then; the latest by default."
      })
  private Optional<String> at = Optional.empty();

  @Option(
      names = "--diff",
      arity = "2",
      paramLabel = "VERSION|TIME",
      description = "Two versions that are compared.")
  private List<String> diff = List.of();

  @Option(
      names = "--export",
      paramLabel = "FORMAT",
      description = "Writes the labels, or the difference, as ${COMPLETION-CANDIDATES}.")
  private Optional<Export> export = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "PATH",
      description = "Where they go: a folder for parquet, else a file.")
  private Optional<String> output = Optional.empty();

  @Option(names = "--overwrite", description = "Replaces what OUTPUT holds.")
  private boolean overwrite;

  Labels(Console console) {
    super(console);
  }

  public static void main(String[] arguments) {
    exit(execute(new Labels(TerminalConsole.standard()), arguments));
  }

  @Override
  void run() throws IOException {
    if (export.isPresent() != output.isPresent()) {
      throw new SettingsException(List.of("--export and --output go together"));
    }
    if (at.isPresent() && !diff.isEmpty()) {
      throw new SettingsException(List.of("--at and --diff exclude each other"));
    }
    logTo(LogFile.ofJob("labels"));
    options.with("labels", this::read);
  }

  private void read(SparkSession spark, Store store) throws IOException {
    PublishedLabels labels = new PublishedLabels(spark, store);
    List<Version> versions = labels.versions();
    if (versions.isEmpty()) {
      throw new BadDataException(store.root() + " holds no published labels");
    }
    if (!diff.isEmpty()) {
      Dataset<Row> changes =
          labels.difference(
              find(diff.get(0), versions).number(), find(diff.get(1), versions).number());
      console().say(labels.summaryOf(changes));
      export(changes);
    } else if (at.isPresent() || export.isPresent()) {
      Version version = at.isPresent() ? find(at.get(), versions) : versions.get(0);
      console().say(table(List.of(version)));
      Dataset<Row> rows = labels.read(version.number());
      console().say(labels.summaryByClass(rows));
      export(rows);
    } else {
      console().say(table(versions));
    }
  }

  private static String table(List<Version> versions) {
    return LabelVersionsTable.render(
        versions.stream()
            .map(v -> new LabelVersionsTable.Line(v.number(), v.at(), v.publication()))
            .toList());
  }

  private static Version find(String asked, List<Version> latestFirst) {
    Predicate<Version> isMeant =
        asked.matches("\\d{1,18}")
            ? version -> version.number() == Long.parseLong(asked)
            : isUntil(PointInTime.of(asked));
    return latestFirst.stream()
        .filter(isMeant)
        .findFirst()
        .orElseThrow(() -> missing(asked, latestFirst));
  }

  private static Predicate<Version> isUntil(Instant time) {
    return version -> !version.at().isAfter(time);
  }

  private static BadDataException missing(String asked, List<Version> latestFirst) {
    Version first = latestFirst.get(latestFirst.size() - 1);
    return new BadDataException(
        Text.format(
            "There is no version %s of the labels: there are %d to %d, the first of %s",
            asked, first.number(), latestFirst.get(0).number(), first.at()));
  }

  private void export(Dataset<Row> rows) throws IOException {
    if (export.isEmpty()) {
      return;
    }
    Configuration hadoop = rows.sparkSession().sparkContext().hadoopConfiguration();
    Path target = OutputPath.of(output.orElseThrow(), overwrite, hadoop);
    export.get().write(rows, target.toString());
    console()
        .say(
            Text.format(
                "Exported as %s: %s", export.get().name().toLowerCase(Locale.ROOT), target));
  }
}
