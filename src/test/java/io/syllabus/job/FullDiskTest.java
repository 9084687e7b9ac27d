package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up at one place or another while a second run is under way. */
class FullDiskTest {
  @TempDir private static Path folder;
  private static JobRunner jobs;

  @BeforeAll
  static void trainAFirstRun() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "skipped: this system has no /dev/full");
    jobs = new JobRunner(folder.resolve("store"));
    JobRunner.End end = jobs.selfTrain("first", settings("curriculum.step-percent=100"));
    assertThat(end.exitCode()).as(end.said()).isZero();
  }

  @Test
  void saysSoWhenPixelsDoNotFit() {
    assertSaysThatTheDiskIsFull("pixels", "shard-");
  }

  @Test
  void saysSoWhenTheExamplesTableDoesNotFit() {
    assertSaysThatTheDiskIsFull("examples", "/examples/");
  }

  @Test
  void saysSoWhenScoresDoNotFit() throws IOException {
    assertSaysThatTheDiskIsFull("scores", "scores/cycle=");
    assertThat(jobs.summary("scores").get("state").asText()).isEqualTo("FAILED");
    assertThat(jobs.summary("scores").get("cycles")).hasSize(1);
  }

  @Test
  void saysSoWhenAModelDoesNotFit() throws IOException {
    assertSaysThatTheDiskIsFull("model", "model.zip");
    assertThat(jobs.summary("model").get("state").asText()).isEqualTo("FAILED");
    assertThat(jobs.evaluate("first").exitCode()).isZero();
  }

  private static void assertSaysThatTheDiskIsFull(String runId, String where) {
    JobRunner.End end =
        jobs.selfTrain(
            runId,
            settings(
                "store=full:" + jobs.store(),
                "curriculum.step-percent=100",
                "spark.hadoop.fs.full.impl=" + FullDiskFileSystem.class.getName(),
                "spark.hadoop.fs.full.impl.disable.cache=true",
                "spark.hadoop.fs.full.where=" + where,
                "spark.delta.logStore.full.impl=io.delta.storage.LocalLogStore"));

    assertThat(end.said())
        .contains(
            "The disk is full (No space left on device): free some space below the store or below"
                + " spark.local.dir and start again; what was written before is intact");
    assertThat(end.exitCode()).isEqualTo(1);
    assertThat(jobs.run(runId).resolve("pixels")).doesNotExist();
    assertThat(jobs.table("runs/first/scores", "id")).hasSize(30);
    assertThat(jobs.table("examples", "id")).hasSize(100);
  }

  private static List<String> settings(String... others) {
    List<String> all = new ArrayList<>(LocalSpark.DIGITS);
    all.addAll(List.of(others));
    return all;
  }
}
