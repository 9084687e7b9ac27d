package io.syllabus.job;

import io.syllabus.report.Console;
import io.syllabus.spark.session.ClusterWatch;
import io.syllabus.store.Store;
import io.syllabus.store.StoreLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import scala.Option;

/** One command of {@code jobs/}: arguments in, exit code out. */
abstract class Job implements Callable<Integer> {
  private static final String CLUSTER =
      "Runs in this process, or on a cluster with --master URL and other options of spark-submit; see"
          + " cluster/README.md.";

  private final Console console;
  private final ClusterWatch watch;
  private Optional<Path> log = Optional.empty();
  // Another thread releases it where the process is told to stop.
  private volatile Optional<StoreLock> lock = Optional.empty();

  Job(Console console) {
    this.console = console;
    this.watch = new ClusterWatch(console);
  }

  /** The job that has options of its own in a class of their own. */
  static Job of(CommandSpec spec) {
    return (Job) spec.userObject();
  }

  final Console console() {
    return console;
  }

  /** What ends the job's session where it waits too long for its cluster. */
  final ClusterWatch watch() {
    return watch;
  }

  /** Does the work; failures are told to the user by the caller. */
  abstract void run() throws Exception;

  /** What to do after a failure inside, once its cause is gone; empty where nothing can be said. */
  String advice() {
    return watch.verdict().isPresent() ? "Start the job again with the same command" : "";
  }

  /**
   * Stops the work, from another thread, where the process is told to stop. What Spark writes to a
   * table is there as a whole or not at all.
   */
  void stop() {
    Option<SparkSession> session = SparkSession.getDefaultSession();
    if (session.isDefined()) {
      session.get().stop();
    }
  }

  /** What a person is told once the work has stopped. */
  String lastWords() {
    return lock.isPresent()
        ? "Stopped. Nothing is left half done: the same command does the rest"
        : "Stopped";
  }

  private void farewell() {
    try {
      if (lock.isPresent()) {
        lock.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot release the lock of the store", e);
    }
    console.complain(lastWords());
  }

  /** Sends what Spark and Deeplearning4j log to a file. Must come before either is touched. */
  final void logTo(Path file) {
    System.setProperty("syllabus.log", file.toString());
    log = Optional.of(file);
    if (System.getProperty("syllabus.terminal") != null) {
      // The process is the job's own.
      LoggedLines.takeErrors();
    }
  }

  /**
   * Takes the store for the job, which ends at once should it lose it.
   *
   * @param work what the job does, for others who want the store
   */
  final StoreLock lock(Store store, String work, Configuration hadoop) throws IOException {
    StoreLock taken =
        StoreLock.acquire(store, work, hadoop, StoreLock.Pace.USUAL, this::lockIsLost);
    lock = Optional.of(taken);
    return taken;
  }

  private void lockIsLost() {
    console.complain(
        "Stopped: another run has taken over the store, which this one did not answer for");
    Runtime.getRuntime().halt(ExitCode.STORE_IN_USE);
  }

  @Override
  public final Integer call() {
    try {
      Interruption.during(this::run, this::stop, this::farewell);
      return ExitCode.DONE;
    } catch (Exception | Error e) {
      // Errors too: memory that runs out is one, and Hadoop throws one where a local disk is full.
      Failure failure = watch.verdict().map(Failure::ofWaiting).orElseGet(() -> Failure.of(e));
      if (Interruption.isUnderWay()) {
        // What fails now fails because the process was told to stop, which has been said.
        return failure.exitCode();
      }
      console.complain(failure.sentence());
      log.ifPresent(
          file -> {
            LoggerFactory.getLogger(getClass()).error(failure.sentence(), e);
            if (failure.exitCode() == ExitCode.INTERNAL_FAILURE) {
              console.complain("The log has the details: " + file);
            }
          });
      if (failure.exitCode() == ExitCode.INTERNAL_FAILURE && !advice().isEmpty()) {
        console.complain(advice());
      }
      return failure.exitCode();
    }
  }

  /**
   * Ends the process with an exit code. Where Spark has started the driver on a cluster it takes an
   * exit for a failure, whatever the code, and a return for success.
   */
  static void exit(int code) {
    boolean isOnCluster = "cluster".equals(System.getProperty("spark.submit.deployMode"));
    if (code != ExitCode.DONE || !isOnCluster) {
      System.exit(code);
    }
  }

  /** Runs a job with the arguments of a command line and gives its exit code. */
  static int execute(Job job, String... arguments) {
    return execute(job, List.of(), arguments);
  }

  /**
   * Runs a job that has parts.
   *
   * @param parts jobs that the first argument may name
   */
  static int execute(Job job, List<Job> parts, String... arguments) {
    // What others write, such as the numbers in the names of a table's files, is read by others.
    Locale.setDefault(Locale.ROOT);
    CommandLine command = new CommandLine(job);
    command.getCommandSpec().usageMessage().footer("", CLUSTER);
    parts.forEach(command::addSubcommand);
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .execute(arguments);
  }
}
