package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.report.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
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
  private int today;
  private int anotherDay;

  @BeforeEach
  void copyTheScript() throws IOException {
    today = LocalDate.now(ZoneId.systemDefault()).getDayOfWeek().getValue();
    anotherDay = today % 7 + 1;
    Path schedule = Files.createDirectories(home.resolve("jobs/schedule"));
    Files.copy(Path.of("jobs/schedule/nightly"), schedule.resolve("nightly"));
    executable(schedule.resolve("nightly"));
  }

  @Test
  void labelsWhatIsNewEachNight() throws Exception {
    job("label", 0);
    assertThat(nightly(anotherDay)).isEqualTo(new JobRunner.End(0, ""));
    assertThat(calls()).containsExactly("label --incremental --store /the/store");
  }

  @Test
  void trainsFirstOnceAWeek() throws Exception {
    job("self-train", 0);
    job("label", 0);
    assertThat(nightly(today)).isEqualTo(new JobRunner.End(0, ""));
    assertThat(calls()).hasSize(2);
    assertThat(calls().get(0))
        .matches(
            "self-train --config /the/images.conf --set store=/the/store --run"
                + " \\d{4}-week-\\d\\d --once");
    assertThat(calls().get(1)).isEqualTo("label --incremental --store /the/store");
  }

  @Test
  void callsTheJobsWithOptionsThatTheyHave() throws Exception {
    job("self-train", 0);
    job("label", 0);
    nightly(today);
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
        "143 | Failed: the same call goes on where it stopped"
      })
  void endsAsTheJobDoesAndSaysWhatToDo(int code, String words) throws Exception {
    job("self-train", code);
    job("label", 0);
    String training = words.replace("JOB", "jobs/publish --run ID");
    assertThat(nightly(today)).isEqualTo(new JobRunner.End(code, training + "\n"));
    assertThat(calls()).hasSize(1);
    job("label", code);
    String labeling = words.replace("JOB", "jobs/label --incremental");
    assertThat(nightly(anotherDay)).isEqualTo(new JobRunner.End(code, labeling + "\n"));
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
    Path script = home.resolve("jobs").resolve(name);
    Files.writeString(
        script,
        String.format(
            "#!/usr/bin/env bash%necho \"%s $*\" >> %s%nexit %d%n",
            name, home.resolve("calls"), code));
    executable(script);
  }

  private static void executable(Path script) throws IOException {
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(home.resolve("calls"));
  }

  private JobRunner.End nightly(int trainingDay) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(home.resolve("jobs/schedule/nightly").toString());
    builder.environment().put("SYLLABUS_CONFIG", "/the/images.conf");
    builder.environment().put("SYLLABUS_STORE", "/the/store");
    builder.environment().put("SYLLABUS_NIGHT", String.valueOf(trainingDay));
    return JobRunner.End.of(builder);
  }
}
