package io.syllabus.job;

import io.syllabus.config.SettingsException;
import io.syllabus.report.Console;
import io.syllabus.report.TerminalConsole;
import java.util.List;
import picocli.CommandLine.Command;

/** Asks people about published labels, and takes in what they say. */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    description = "Writes labels out for people to look at, and takes in what they say of them.")
public final class Review extends Job {
  Review(Console console) {
    super(console);
  }

  public static void main(String[] arguments) {
    Job.exit(execute(TerminalConsole.standard(), arguments));
  }

  static int execute(Console console, String... arguments) {
    return execute(
        new Review(console),
        List.of(
            new ReviewExporting(console), new ReviewImporting(console), new ReviewMapping(console)),
        arguments);
  }

  @Override
  void run() {
    throw new SettingsException(
        List.of("Say what to do: jobs/review export, jobs/review import or jobs/review map"));
  }
}
