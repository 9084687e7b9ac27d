package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {
  @TempDir private static Path folder;
  private static JobRunner jobs;

  @BeforeAll
  static void train() {
    jobs = new JobRunner(folder.resolve("store"));
    assertThat(jobs.selfTrain("done", LocalSpark.DIGITS).exitCode()).isZero();
  }

  @Test
  void listsRunsAndHowFarTheyAre() throws IOException {
    Files.createDirectories(jobs.run("only-a-log"));
    JobRunner.End end = jobs.runs();
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said().lines().toList().get(0))
        .matches("run +begun +state +cycle +epoch +validation +test +seconds");
    assertThat(end.said())
        .containsPattern("done +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +FINISHED +2/2 +1/1 +[0-9.]+ %")
        .doesNotContain("only-a-log");
  }

  @Test
  void saysThatARunWasKilledWhereItDoesNotHoldTheStore() throws IOException {
    copyOfTheRun("killed", "\"FINISHED\"", "\"RUNNING\"");
    assertThat(jobs.runs().said()).containsPattern("killed +\\S+ \\S+ +INTERRUPTED +2/2 +1/1");
  }

  @Test
  void showsOneRun() {
    JobRunner.End end = jobs.runs("--run", "done");
    assertThat(end.exitCode()).isZero();
    assertThat(end.said())
        .contains("FINISHED", "pseudo-label", "Best by validation: cycle")
        .contains("All of it: file:" + jobs.run("done"));
  }

  @Test
  void deletesARunAndAllThatItWrote() throws IOException {
    assertThat(jobs.runs("--run", "none", "--delete"))
        .isEqualTo(
            new JobRunner.End(
                3,
                String.format(
                    "There is no run none: file:%s does not exist",
                    jobs.run("none").resolve("run.json"))));
    copyOfTheRun("doomed", "x", "x");
    JobRunner.End end = jobs.runs("--run", "doomed", "--delete");
    assertThat(end)
        .isEqualTo(
            new JobRunner.End(
                0, String.format("Deleted run doomed: file:%s is gone", jobs.run("doomed"))));
    assertThat(jobs.run("doomed")).doesNotExist();
    assertThat(jobs.run("done")).exists();
  }

  @Test
  void deletesNothingWithoutAName() {
    assertThat(jobs.runs("--delete")).isEqualTo(new JobRunner.End(2, "--delete needs --run"));
  }

  private static void copyOfTheRun(String runId, String old, String replacement)
      throws IOException {
    Files.createDirectories(jobs.run(runId));
    for (String file : new String[] {"run.json", "summary.json"}) {
      String text = Files.readString(jobs.run("done").resolve(file));
      Files.writeString(
          jobs.run(runId).resolve(file),
          text.replace("\"done\"", "\"" + runId + "\"").replace(old, replacement));
    }
    Files.createDirectories(jobs.run(runId).resolve("cycle-2"));
    Files.copy(
        jobs.run("done").resolve("cycle-2/metrics.jsonl"),
        jobs.run(runId).resolve("cycle-2/metrics.jsonl"));
  }
}
