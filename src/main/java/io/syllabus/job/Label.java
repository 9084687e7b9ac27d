package io.syllabus.job;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import io.syllabus.data.ImageSource;
import io.syllabus.report.Console;
import io.syllabus.report.TerminalConsole;
import io.syllabus.spark.session.Sessions;
import io.syllabus.store.Store;
import io.syllabus.store.StoreLock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Labels new images with a finished run's model: those of a source, or what is new in one. */
@Command(
    name = "label",
    mixinStandardHelpOptions = true,
    description = {
      "Scores images with a finished run's best model;",
      "with --incremental, what is new since the labels were published, and publishes it."
    })
public final class Label extends Job {
  @Mixin private RunOptions options;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      description = {
        "Any folder tree or tar of images;",
        "with --incremental, the published run's data.unlabeled by default."
      })
  private Optional<String> input = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "PATH",
      description = "Where the Parquet table goes: id, label, confidence, runner_up, margin.")
  private Optional<String> output = Optional.empty();

  @Option(names = "--csv", description = "Writes OUTPUT.csv as well.")
  private boolean csv;

  @Option(names = "--overwrite", description = "Replaces what OUTPUT holds.")
  private boolean overwrite;

  @Option(
      names = "--incremental",
      description = {
        "Finds what is new, changed or gone since the last publication, labels it with the",
        "published model, and publishes it as one version."
      })
  private boolean incremental;

  @Option(
      names = "--force",
      description = "With --incremental: publishes even what quality gates refuse.")
  private boolean force;

  Label(Console console) {
    super(console);
  }

  public static void main(String[] arguments) {
    exit(execute(new Label(TerminalConsole.standard()), arguments));
  }

  @Override
  void run() throws IOException {
    logTo(LogFile.ofJob("label"));
    if (incremental) {
      if (options.hasRun() || output.isPresent() || csv || overwrite) {
        throw new SettingsException(
            List.of(
                "--incremental publishes with the published run's model: leave out --run, --output,"
                    + " --csv and --overwrite"));
      }
      labelNews();
      return;
    }
    if (force) {
      throw new SettingsException(List.of("--force goes with --incremental, which publishes"));
    }
    String source = required("--input", input);
    String target = required("--output", output);
    options.withModel(
        console(),
        "label",
        (scoring, description, hadoop) -> {
          Path path = OutputPath.of(target, overwrite, hadoop);
          long images = scoring.label(ImageSource.unlabeled(source, hadoop), path.toString(), csv);
          console().say(Text.format("Labeled %,d images: %s", images, path));
        });
  }

  private void labelNews() throws IOException {
    Configuration hadoop = Sessions.hadoop();
    Store store = Store.at(options.store(), hadoop);
    StoreLock lock = lock(store, "label --incremental", hadoop);
    try (lock) {
      new LabelingOfNews(store, input, force, console(), watch()).run();
    }
  }

  private static String required(String option, Optional<String> value) {
    return value.orElseThrow(
        () ->
            new SettingsException(
                List.of(Text.format("Missing required option: '%s=PATH'", option))));
  }
}
