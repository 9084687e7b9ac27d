package io.syllabus.job;

import io.syllabus.config.SettingsException;
import io.syllabus.data.ImageSource;
import io.syllabus.report.Console;
import io.syllabus.report.TerminalConsole;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Labels new images with a finished run's model. */
@Command(
    name = "label",
    mixinStandardHelpOptions = true,
    description = "Scores images with a finished run's best model.")
public final class Label extends Job {
  @Mixin private RunOptions options;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description = "Any folder tree or tar of images.")
  private String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "PATH",
      description = "Where the Parquet table goes: id, label, confidence, runner_up, margin.")
  private String output;

  @Option(names = "--csv", description = "Writes OUTPUT.csv as well.")
  private boolean csv;

  @Option(names = "--overwrite", description = "Replaces what OUTPUT holds.")
  private boolean overwrite;

  Label(Console console) {
    super(console);
  }

  public static void main(String[] arguments) {
    System.exit(execute(new Label(TerminalConsole.standard()), arguments));
  }

  @Override
  void run() throws IOException {
    logTo(LogFile.ofJob("label"));
    options.withModel(
        console(),
        "label",
        (scoring, description, hadoop) -> {
          Path target = qualified(hadoop);
          if (!overwrite && target.getFileSystem(hadoop).exists(target)) {
            throw new SettingsException(
                List.of("--output " + output + " exists: name another, or add --overwrite"));
          }
          ImageSource source = ImageSource.unlabeled(input, hadoop);
          long images = scoring.label(source, target.toString(), csv);
          console().say(String.format("Labeled %,d images: %s", images, target));
        });
  }

  private Path qualified(Configuration hadoop) throws IOException {
    Path path = new Path(output);
    return path.getFileSystem(hadoop).makeQualified(path);
  }
}
