package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.evaluate.Proportion;
import io.syllabus.publish.Publication;
import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.commons.io.FileUtils;
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
  void listsTheOthersWhereFilesOfARunAreDamaged() throws IOException {
    copyOfTheRun("cut", "x", "x");
    copyOfTheRun("lacking", "x", "x");
    copyOfTheRun("odd", "x", "x");
    Path cut = jobs.run("cut").resolve("run.json");
    Files.writeString(cut, Files.readString(cut).substring(0, 100));
    Path lacking = jobs.run("lacking").resolve("run.json");
    Files.writeString(lacking, "{}");
    Path odd = jobs.run("odd").resolve("summary.json");
    Files.writeString(odd, "");

    JobRunner.End end = jobs.runs();

    assertThat(end.exitCode()).as(end.said()).isEqualTo(3);
    assertThat(end.said())
        .containsPattern("done +\\S+ \\S+ +FINISHED")
        .contains("file:" + cut + " is damaged (", "file:" + lacking + " is damaged (")
        .contains("file:" + odd + " is damaged (")
        .contains("begin its run anew with jobs/self-train --restart, or delete the run with");
    assertThat(jobs.runs("--run", "cut").exitCode()).isEqualTo(3);
    for (String id : List.of("cut", "lacking", "odd")) {
      assertThat(jobs.runs("--run", id, "--delete").exitCode()).isZero();
      assertThat(jobs.run(id)).doesNotExist();
    }
  }

  @Test
  void deletesTheRunOfThePublishedLabelsOnlyByForce() throws IOException {
    copyOfTheRun("published", "x", "x");
    Publication publication =
        new Publication(
            "published",
            "checksum",
            1,
            0,
            0,
            1,
            new Proportion(1, 1, 1),
            List.of(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
    LocalSpark.session()
        .range(1)
        .write()
        .format("delta")
        .option("userMetadata", publication.toJson())
        .save(jobs.store().resolve("labels").toString());

    JobRunner.End refused = jobs.runs("--run", "published", "--delete");

    assertThat(refused.exitCode()).as(refused.said()).isEqualTo(2);
    assertThat(refused.said())
        .startsWith("Run published gave the published labels (version 0), and jobs/label")
        .contains("With --force it is deleted all the same");
    assertThat(jobs.run("published")).exists();
    Path log = jobs.store().resolve("labels/_delta_log/00000000000000000000.json");
    String text = Files.readString(log);
    Files.writeString(log, text.substring(0, text.length() - 9));
    JobRunner.End damaged = jobs.selfTrain("next", LocalSpark.DIGITS);
    assertThat(damaged.exitCode()).isEqualTo(3);
    assertThat(damaged.said())
        .doesNotContain("Run next, ")
        .contains("/labels is damaged: file:" + log + " is cut or overwritten in line ")
        .contains("or move the folder away: the next run then publishes all labels anew");
    assertThat(jobs.labels().said()).isEqualTo(damaged.said());
    assertThat(jobs.runs("--run", "published", "--delete", "--force").exitCode()).isZero();
    assertThat(jobs.run("published")).doesNotExist();
    FileUtils.deleteDirectory(jobs.store().resolve("labels").toFile());
  }

  @Test
  void saysThatARunToGoOnWithDoesNotExistOrHasOtherSources() throws IOException {
    String store = "store=" + jobs.store();
    JobRunner.End mistyped = JobRunner.execute(SelfTrain::new, "--run", "misspelt", "--set", store);
    assertThat(mistyped.exitCode()).isEqualTo(2);
    assertThat(mistyped.said())
        .endsWith(
            String.format(
                "There is no run misspelt to go on with (file:%s does not exist): to begin one, name"
                    + " its sources with --config or --set",
                jobs.run("misspelt").resolve("run.json")));
    copyOfTheRun("unfinished", "\"FINISHED\"", "\"RUNNING\"");
    JobRunner.End other =
        JobRunner.execute(SelfTrain::new, "--run", "unfinished", "--set", store, "--set", "seed=9");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.said())
        .contains("Run unfinished in file:" + jobs.run("unfinished") + " began with other settings")
        .contains("leave out all of --set but store and spark.* to go on with it");
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
