package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Self-training as a user starts it: the launcher, in a process that can be killed. */
public final class JobProcess {
  /** For a process of seconds, which spends most of them on loading classes and compiling them. */
  public static final String QUICK =
      "-XX:TieredStopAtLevel=1 -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote";

  /** Where jobs log that have no run's folder to log to. */
  public static final Path STATE = Path.of("target/state").toAbsolutePath();

  private static final long LIMIT_SECONDS = 240;

  private final Process process;
  private final Path output;

  private JobProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts a run, or goes on with it, on settings given as {@code key=value}. */
  public static JobProcess selfTrain(JobRunner jobs, String runId, String... settings)
      throws IOException {
    return submit(List.of(), jobs, runId, settings);
  }

  /**
   * Submits a run.
   *
   * @param options of {@code spark-submit}
   */
  public static JobProcess submit(
      List<String> options, JobRunner jobs, String runId, String... settings) throws IOException {
    return submit(options, Map.of(), jobs, runId, settings);
  }

  /**
   * Starts a run by way of another command.
   *
   * @param machine the command, which goes on with the launcher's
   */
  static JobProcess selfTrainOn(
      List<String> machine, JobRunner jobs, String runId, String... settings) throws IOException {
    return submit(machine, List.of(), Map.of(), jobs, runId, settings);
  }

  /**
   * Submits a run.
   *
   * @param options of {@code spark-submit}
   * @param environment of the launcher, besides this process's
   */
  public static JobProcess submit(
      List<String> options,
      Map<String, String> environment,
      JobRunner jobs,
      String runId,
      String... settings)
      throws IOException {
    return submit(List.of(), options, environment, jobs, runId, settings);
  }

  private static JobProcess submit(
      List<String> machine,
      List<String> options,
      Map<String, String> environment,
      JobRunner jobs,
      String runId,
      String... settings)
      throws IOException {
    List<String> command = new ArrayList<>(machine);
    command.addAll(List.of(launcher(), "--run", runId));
    command.addAll(options);
    List<String> all = new ArrayList<>(LocalSpark.SPARK);
    all.addAll(LocalSpark.INTERPRETED);
    all.addAll(LocalSpark.TRAINING);
    all.addAll(LocalSpark.DIGITS);
    all.addAll(LocalSpark.PUBLISHING);
    all.add("spark.executor.defaultJavaOptions=" + QUICK);
    all.add("store=" + jobs.store());
    all.addAll(List.of(settings));
    for (String setting : all) {
      command.addAll(List.of("--set", setting));
    }
    return start(command, environment);
  }

  /** Goes on with a run as its last words say. */
  public static JobProcess goOn(JobRunner jobs, String runId) throws IOException {
    return start(List.of(launcher(), "--run", runId, "--set", "store=" + jobs.store()), Map.of());
  }

  /** Labels what is new in a folder. */
  static JobProcess labelIncrementally(JobRunner jobs, Path input) throws IOException {
    return start(
        List.of(
            launcher("label"),
            "--incremental",
            "--store",
            jobs.store().toString(),
            "--input",
            input.toString()),
        Map.of());
  }

  private static String launcher() {
    return launcher("self-train");
  }

  private static String launcher(String job) {
    return Path.of("jobs", job).toAbsolutePath().toString();
  }

  private static JobProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    Path output = Files.createTempFile("syllabus-", ".out");
    output.toFile().deleteOnExit();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("SYLLABUS_JAVA_OPTIONS", "-Xmx1g " + QUICK);
    builder.environment().put("SPARK_SUBMIT_OPTS", QUICK);
    builder.environment().put("XDG_STATE_HOME", STATE.toString());
    builder.environment().putAll(environment);
    return new JobProcess(builder.start(), output);
  }

  /** What it has said so far. */
  public String said() throws IOException {
    return Files.readString(output);
  }

  /** Waits until it says something, or ends. */
  public void awaitWords(String words) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (process.isAlive() && !said().contains(words)) {
      assertThat(System.nanoTime())
          .as("waiting for \"%s\": %s", words, said())
          .isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** Waits until it has said so many lines, or ends. */
  public void awaitLines(int lines) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (process.isAlive() && said().lines().count() < lines) {
      assertThat(System.nanoTime())
          .as("waiting for %s lines: %s", lines, said())
          .isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** What it has mapped, as Linux lists it. */
  public String maps() throws IOException {
    // The launcher turns into Java.
    return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "maps"));
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end and gives its exit code. */
  public int await() throws IOException, InterruptedException {
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(said()).isTrue();
    return process.exitValue();
  }

  /** Freezes it for a while, with all its threads, as a laptop that is closed. */
  void suspend(long seconds) throws IOException, InterruptedException {
    // Launchers turn into Java.
    Signal.STOP.send(process.toHandle());
    TimeUnit.SECONDS.sleep(seconds);
    Signal.CONT.send(process.toHandle());
  }

  /** Asks it to stop, as Ctrl-C and schedulers do. */
  void terminate() {
    process.destroy();
  }

  /** kill -9. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
