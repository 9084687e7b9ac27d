package io.syllabus.job;

import static java.lang.ProcessBuilder.Redirect.DISCARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.syllabus.report.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What schedules call, with jobs that only write down how they were called. */
class ScheduleTest {
  @TempDir private Path home;

  @BeforeEach
  void copyTheScript() throws IOException {
    Path schedule = Files.createDirectories(home.resolve("jobs/schedule"));
    Files.copy(Path.of("jobs/schedule/nightly"), schedule.resolve("nightly"));
    executable(schedule.resolve("nightly"));
  }

  @Test
  void goesOnWithTheWeeksTrainingAndLabelsWhatIsNew() throws Exception {
    job("self-train", 0);
    job("label", 0);
    assertThat(nightly(Map.of())).isEqualTo(new JobRunner.End(0, ""));
    assertThat(nightly(Map.of("SYLLABUS_NIGHT", "3"))).isEqualTo(new JobRunner.End(0, ""));
    String training = "self-train --config /the/images.conf --set store=/the/store --weekly ";
    String labeling = "label --incremental --store /the/store";
    assertThat(calls()).containsExactly(training + "sunday", labeling, training + "3", labeling);
  }

  @Test
  void callsTheJobsWithOptionsThatTheyHave() throws Exception {
    job("self-train", 0);
    job("label", 0);
    nightly(Map.of());
    for (String call : calls()) {
      String[] words = call.split(" ", -1);
      Job job = words[0].equals("label") ? new Label(Console.silent()) : selfTrain();
      String[] arguments = List.of(words).subList(1, words.length).toArray(String[]::new);
      assertThat(new CommandLine(job).parseArgs(arguments).errors()).isEmpty();
      assertThat(Path.of("jobs", words[0])).isExecutable();
    }
  }

  private static Job selfTrain() {
    return new SelfTrain(Console.silent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | Failed: the same call goes on where it stopped",
        "2 | Nothing was done: mend the settings",
        "3 | Nothing was done: mend the data",
        "4 | Not published: look at the figures, then JOB --force, or leave it",
        "5 | Another run has the store: try again later",
        "143 | Stopped: the next call goes on from there"
      })
  void endsAsTheJobDoesAndSaysWhatToDo(int code, String words) throws Exception {
    job("self-train", code);
    job("label", 0);
    String training = words.replace("JOB", "jobs/publish --run ID");
    assertThat(nightly(Map.of())).isEqualTo(new JobRunner.End(code, training + "\n"));
    assertThat(calls()).hasSize(1);
    job("self-train", 0);
    job("label", code);
    String labeling = words.replace("JOB", "jobs/label --incremental");
    assertThat(nightly(Map.of())).isEqualTo(new JobRunner.End(code, labeling + "\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SYLLABUS_CONFIG", "SYLLABUS_STORE"})
  void saysWhichSettingItMisses(String name) throws Exception {
    JobRunner.End end = nightly(Map.of(name, ""));
    assertThat(end.exitCode()).isEqualTo(ExitCode.WRONG_SETTINGS);
    assertThat(end.said()).startsWith(name + " is not set: it names the s");
    assertThat(home.resolve("calls")).doesNotExist();
  }

  @Test
  void worksBehindALink() throws Exception {
    job("self-train", 0);
    job("label", 0);
    Path links = Files.createDirectories(home.resolve("some links"));
    Files.createSymbolicLink(links.resolve("other"), Path.of("../jobs/schedule/nightly"));
    Path link = Files.createSymbolicLink(links.resolve("night"), Path.of("other"));
    assertThat(JobRunner.End.of(builder(List.of(link.toString()))).exitCode()).isZero();
    assertThat(calls()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"self-train", "label"})
  void tellsTheJobToStopAndWaitsForIt(String name) throws Exception {
    job("self-train", 0);
    job("label", 0);
    jobThatStopsSlowly(name);
    Process nightly = start(List.of(home.resolve("jobs/schedule/nightly").toString()));
    awaitCall(name);
    nightly.destroy();
    // Impatient people and supervisors of whole groups tell it twice.
    TimeUnit.MILLISECONDS.sleep(50);
    nightly.destroy();
    assertThat(nightly.waitFor()).isEqualTo(143);
    assertThat(calls().get(calls().size() - 1)).isEqualTo("stopped");
  }

  @Test
  void stopsTheJobWhereItIsKilledItself() throws Exception {
    assumeThat(isThere("setpriv", "--pdeathsig", "TERM", "true"))
        .as("setpriv of util-linux 2.33 or later")
        .isTrue();
    jobThatStopsSlowly("self-train");
    Process nightly = start(List.of(home.resolve("jobs/schedule/nightly").toString()));
    awaitCall("self-train");
    nightly.destroyForcibly().waitFor();
    awaitCall("stopped");
  }

  @Test
  void airflowWaitsForAJobThatItStops() throws Exception {
    assumeThat(isThere("python3", "--version")).as("Python").isTrue();
    jobThatStopsSlowly("self-train");
    Path airflow = Files.createDirectories(home.resolve("airflow"));
    Files.writeString(airflow.resolve("__init__.py"), "");
    Files.writeString(
        airflow.resolve("decorators.py"),
        "def dag(**options):\n  return lambda f: f\n\ndef task(f):\n  return f\n");
    Files.writeString(
        airflow.resolve("exceptions.py"),
        "class AirflowException(Exception): pass\nclass AirflowFailException(Exception): pass\n");
    String dag = Files.readString(Path.of("jobs/schedule/airflow.py"));
    // As Airflow does it.
    Path task =
        Files.writeString(
            home.resolve("task.py"),
            "import signal, sys\n"
                + "signal.signal(signal.SIGTERM, lambda *a: sys.exit(9))\n"
                + dag.replace("/opt/syllabus", home.toString()));
    Process python = start(List.of("python3", task.toString()));
    awaitCall("self-train");
    python.destroy();
    assertThat(python.waitFor()).isEqualTo(9);
    assertThat(calls().get(calls().size() - 1)).isEqualTo("stopped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"crontab", "syllabus.service", "airflow.py"})
  void everyScheduleCallsIt(String schedule) throws IOException {
    assertThat(Files.readString(Path.of("jobs/schedule", schedule)))
        .contains("jobs/schedule/nightly", "SYLLABUS_CONFIG", "SYLLABUS_STORE");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void whatNeedsAPersonIsNotTriedAgain(int code) throws IOException {
    assertThat(Files.readString(Path.of("jobs/schedule/syllabus.service")))
        .containsPattern("RestartPreventExitStatus=.*\\b" + code + "\\b");
    assertThat(Files.readString(Path.of("jobs/schedule/airflow.py")))
        .containsPattern("NEEDS_A_PERSON = \\{.*\\b" + code + ": ");
  }

  private void job(String name, int code) throws IOException {
    write(name, call(name) + "exit " + code);
  }

  private void jobThatStopsSlowly(String name) throws IOException {
    String stop = String.format("sleep 0.3; echo stopped >> %s; exit 143", home.resolve("calls"));
    write(name, String.format("trap '%s' TERM%n%ssleep 20 & wait%n", stop, call(name)));
  }

  // It can be told to stop as soon as it has said that it was called.
  private void write(String name, String script) throws IOException {
    Path file = home.resolve("jobs").resolve(name);
    Files.writeString(file, "#!/usr/bin/env bash\n" + script);
    executable(file);
  }

  private String call(String name) {
    return String.format("echo \"%s $*\" >> %s%n", name, home.resolve("calls"));
  }

  private void awaitCall(String name) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!Files.exists(home.resolve("calls"))
        || calls().stream().noneMatch(call -> call.startsWith(name))) {
      assertThat(System.nanoTime()).as("waiting for " + name).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static boolean isThere(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void executable(Path script) throws IOException {
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(home.resolve("calls"));
  }

  private JobRunner.End nightly(Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = builder(List.of(home.resolve("jobs/schedule/nightly").toString()));
    builder.environment().putAll(environment);
    return JobRunner.End.of(builder);
  }

  private Process start(List<String> command) throws IOException {
    return builder(command).redirectErrorStream(true).redirectOutput(DISCARD).start();
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SYLLABUS_CONFIG", "/the/images.conf");
    builder.environment().put("SYLLABUS_STORE", "/the/store");
    builder.environment().remove("SYLLABUS_NIGHT");
    return builder;
  }
}
