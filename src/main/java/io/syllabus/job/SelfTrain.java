package io.syllabus.job;

import io.syllabus.Text;
import io.syllabus.config.Settings;
import io.syllabus.config.SettingsChanges;
import io.syllabus.config.SettingsException;
import io.syllabus.report.Console;
import io.syllabus.report.TerminalConsole;
import io.syllabus.spark.session.Sessions;
import io.syllabus.store.Store;
import io.syllabus.store.StoreLock;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job: labels a pool of images by Curriculum Labeling. */
@Command(
    name = "self-train",
    mixinStandardHelpOptions = true,
    description = "Trains on few labels and the pool's pseudo-labels, cycle by cycle.")
public final class SelfTrain extends Job {
  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
  private static final String DEFAULT_STORE = "store";

  @Mixin private SettingsOptions options;

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = {
        "Name of the run in the store; the time by default.",
        "A run of that name that is not finished goes on where it stopped."
      })
  private Optional<String> name = Optional.empty();

  @Option(names = "--restart", description = "Deletes what there is of the run and begins it anew.")
  private boolean restart;

  @Option(
      names = "--once",
      description = "Does nothing where the run is finished; for schedules that call again.")
  private boolean once;

  @Option(
      names = "--force",
      description = "Publishes the labels even where quality gates refuse them.")
  private boolean force;

  @Option(
      names = "--weekly",
      paramLabel = "DAY",
      description = {
        "For schedules that call every night: the run of the week, 2026-week-48, begins on that day",
        "and goes on on any other until it is finished. What an unfinished one of an earlier week",
        "has left is deleted."
      })
  private Optional<String> weekly = Optional.empty();

  private Optional<WeeklyRun> week = Optional.empty();
  private String runId;
  private volatile Optional<SelfTraining> training = Optional.empty();
  // Empty until there is something to go on with.
  private volatile Optional<String> goOn = Optional.empty();

  SelfTrain(Console console) {
    super(console);
  }

  public static void main(String[] arguments) {
    exit(execute(new SelfTrain(TerminalConsole.standard()), arguments));
  }

  @Override
  void run() throws IOException {
    readWeek();
    checkName();
    Settings given = settings();
    logTo(LogFile.ofRun(given.store(), runId));
    Configuration hadoop = Sessions.hadoop(given.spark());
    Store store = Store.at(given.store(), hadoop);
    if ((once || week.isPresent()) && RunDescription.isFinished(store.run(runId), hadoop)) {
      console().say(Text.format("Run %s is finished: there is nothing to do", runId));
      return;
    }
    if (isNotDue(store, hadoop)) {
      return;
    }
    StoreLock lock = lock(store, runId, hadoop);
    try (lock) {
      Optional<RunDescription> before = begunBefore(store.run(runId), given, hadoop);
      before.ifPresent(run -> refuseChanges(run, given));
      goOn = before.map(run -> commandToGoOn(given));
      // What a process left there that was killed.
      WholeFiles.delete(store.work(), hadoop);
      try (SparkSession spark =
          Sessions.start(given, "self-train " + runId, store.work(), watch())) {
        if (week.isPresent()) {
          new EarlierWeeks(spark, store, console()).giveUp(week.get());
        }
        SelfTraining work =
            new SelfTraining(
                spark,
                given,
                runId,
                before,
                force,
                console(),
                () -> goOn = Optional.of(commandToGoOn(given)));
        training = Optional.of(work);
        work.run();
      } finally {
        // Once the process is stopped the lock is free, and another run may be at work there.
        if (!Interruption.isUnderWay()) {
          WholeFiles.delete(store.work(), hadoop);
        }
      }
    }
  }

  private void readWeek() {
    if (weekly.isPresent()) {
      if (name.isPresent() || restart) {
        throw new SettingsException(
            List.of("--weekly names the run and goes on with it: leave out --run and --restart"));
      }
      week = weekly.map(day -> WeeklyRun.of(day, LocalDate.now(ZoneId.systemDefault())));
      name = week.map(WeeklyRun::id);
    }
  }

  /** Whether the week's run would begin, and not today. */
  private boolean isNotDue(Store store, Configuration hadoop) throws IOException {
    if (week.isEmpty()
        || week.get().isDueToday()
        || RunDescription.find(runId, store.run(runId), hadoop).isPresent()) {
      return false;
    }
    console()
        .say(Text.format("No training goes on, and the next begins on %s", week.get().dayName()));
    return true;
  }

  private void checkName() {
    runId = name.orElseGet(() -> LocalDateTime.now(ZoneId.systemDefault()).format(RUN_ID));
    if (!runId.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
      throw new SettingsException(
          List.of(
              Text.format(
                  "--run takes letters, digits, '_', '-' and, but for the first, '.'; found: %s",
                  runId)));
    }
  }

  // Where nothing else is asked for, the settings are those of the run that goes on. What Spark is
  // told may differ: its secrets are not written down, and it may run elsewhere.
  private Settings settings() throws IOException {
    if (name.isEmpty() || restart || options.hasFile()) {
      return options.read();
    }
    String root = options.overrides().getOrDefault("store", DEFAULT_STORE);
    logTo(LogFile.ofRun(root, runId));
    Configuration hadoop = Sessions.hadoop(options.overrides());
    Optional<RunDescription> begun =
        RunDescription.find(runId, Store.at(root, hadoop).run(runId), hadoop);
    if (begun.isPresent() && options.leavesTheRunAsItIs()) {
      return begun.get().with(options.overrides());
    }
    try {
      return options.read();
    } catch (SettingsException e) {
      throw options.namesData()
          ? e
          : new SettingsException(about(begun, Store.at(root, hadoop).run(runId), e));
    }
  }

  // Whoever meant to go on with a run has not written its sources again.
  private List<String> about(Optional<RunDescription> begun, Store.Run run, SettingsException e) {
    List<String> problems = new ArrayList<>(e.problems());
    problems.add(
        begun.isPresent()
            ? Text.format(
                "Run %s in %s began with other settings: leave out all of --set but store and"
                    + " spark.* to go on with it, or give the --config and --set that it began with",
                runId, run.folder())
            : Text.format(
                "There is no run %s to go on with (%s does not exist): to begin one, name its"
                    + " sources with --config or --set",
                runId, run.description()));
    return problems;
  }

  /** The run of that name as it was begun and not finished; empty where it begins now. */
  private Optional<RunDescription> begunBefore(Store.Run run, Settings given, Configuration hadoop)
      throws IOException {
    if (restart) {
      return Optional.empty();
    }
    Optional<RunDescription> before = RunDescription.find(runId, run, hadoop);
    if (before.isPresent() && RunDescription.isFinished(run, hadoop)) {
      throw new SettingsException(
          List.of(
              Text.format(
                  "Run %s in %s is finished: name another with --run, or begin it anew with"
                      + " --restart",
                  runId, run.folder())));
    }
    // Before its images are ingested there is nothing that other settings would spoil.
    return before.filter(
        begun ->
            begun.ingested().isPresent()
                || SettingsChanges.between(begun.settings(), given).isEmpty());
  }

  private void refuseChanges(RunDescription begun, Settings given) {
    List<String> changed = SettingsChanges.between(begun.settings(), given);
    if (!changed.isEmpty()) {
      throw new SettingsException(
          List.of(
              Text.format(
                  "Run %s goes on with the settings that it began with, but %s: leave out --config"
                      + " and --set, or begin it anew with --restart",
                  runId, String.join(", ", changed))));
    }
  }

  @Override
  void stop() {
    training.ifPresentOrElse(SelfTraining::stop, super::stop);
  }

  @Override
  String lastWords() {
    return goOn.map(command -> "Stopped. " + kept(command)).orElseGet(super::lastWords);
  }

  private String commandToGoOn(Settings given) {
    // Its other options may hold secrets.
    String master =
        Sessions.submittedTo()
            .map(url -> " --master " + url + " [other options of spark-submit]")
            .orElse("");
    String store = given.store().equals(DEFAULT_STORE) ? "" : " --set store=" + given.store();
    return "jobs/self-train --run " + runId + master + store;
  }

  @Override
  String advice() {
    return goOn.map(SelfTrain::kept).orElseGet(super::advice);
  }

  private static String kept(String command) {
    return "What is done is kept: " + command + " goes on from there";
  }
}
