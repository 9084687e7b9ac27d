package io.syllabus.job;

import io.syllabus.config.Settings;
import io.syllabus.data.BadDataException;
import io.syllabus.data.ImageSource;
import io.syllabus.data.SourceRole;
import io.syllabus.evaluate.ConfusionMatrix;
import io.syllabus.report.Console;
import io.syllabus.report.EvaluationReport;
import io.syllabus.report.TerminalConsole;
import io.syllabus.spark.ingest.Sources;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a finished run's model on labeled images. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Measures a finished run's best model on a labeled source.")
public final class Evaluate extends Job {
  @Mixin private RunOptions options;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      description =
          "Class folders, a tar of them or CIFAR-10 binary files; the run's test images by default.")
  private Optional<String> input = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there as well.")
  private Optional<String> json = Optional.empty();

  Evaluate(Console console) {
    super(console);
  }

  public static void main(String[] arguments) {
    exit(execute(new Evaluate(TerminalConsole.standard()), arguments));
  }

  @Override
  void run() throws IOException {
    logTo(LogFile.ofJob("evaluate"));
    options.withModel(
        console(),
        "evaluate",
        (scoring, description, hadoop) -> {
          ImageSource source = source(description.settings(), hadoop);
          ConfusionMatrix matrix = scoring.evaluate(source);
          EvaluationReport report = new EvaluationReport(description.classes(), matrix);
          console().say(report.render());
          if (json.isPresent()) {
            byte[] content = report.toJson().getBytes(StandardCharsets.UTF_8);
            WholeFiles.write(json.orElseThrow(), content, hadoop);
          }
        });
  }

  private ImageSource source(Settings settings, Configuration hadoop) throws IOException {
    if (input.isPresent()) {
      return ImageSource.labeled(input.orElseThrow(), hadoop);
    }
    return Optional.ofNullable(
            new Sources(settings, Store.at(settings.store(), hadoop), hadoop)
                .find(console())
                .get(SourceRole.TEST))
        .orElseThrow(
            () -> new BadDataException("The run has no test images: name some with --input"));
  }
}
