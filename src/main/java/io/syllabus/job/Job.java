package io.syllabus.job;

import io.syllabus.report.Console;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** One command of {@code jobs/}: arguments in, exit code out. */
abstract class Job implements Callable<Integer> {
  private final Console console;
  private Optional<Path> log = Optional.empty();

  Job(Console console) {
    this.console = console;
  }

  final Console console() {
    return console;
  }

  /** Does the work; failures are told to the user by the caller. */
  abstract void run() throws Exception;

  /** Sends what Spark and Deeplearning4j log to a file. Must come before either is touched. */
  final void logTo(Path file) {
    System.setProperty("syllabus.log", file.toString());
    log = Optional.of(file);
  }

  @Override
  public final Integer call() {
    try {
      run();
      return ExitCode.DONE;
    } catch (Exception | Error e) {
      // Errors too: memory that runs out is one, and Hadoop throws one where a local disk is full.
      Failure failure = Failure.of(e);
      console.say(failure.sentence());
      log.ifPresent(
          file -> {
            LoggerFactory.getLogger(getClass()).error(failure.sentence(), e);
            if (failure.exitCode() == ExitCode.INTERNAL_FAILURE) {
              console.say("The log has the details: " + file);
            }
          });
      return failure.exitCode();
    }
  }

  /** Runs a job with the arguments of a command line and gives its exit code. */
  static int execute(Job job, String... arguments) {
    return new CommandLine(job)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .execute(arguments);
  }
}
