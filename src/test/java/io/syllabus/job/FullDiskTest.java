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
  void saysSoWhenPixelsDoNotFit() throws IOException {
    assertSaysThatTheDiskIsFull("pixels", "shard-");
    assertGoesOnOnceThereIsSpace("pixels");
  }

  @Test
  void saysSoWhenTheExamplesTableDoesNotFit() throws IOException {
    assertSaysThatTheDiskIsFull("table", "/examples/");
    assertGoesOnOnceThereIsSpace("table");
  }

  @Test
  void saysSoWhenScoresDoNotFit() throws IOException {
    assertSaysThatTheDiskIsFull("scores", "scores/cycle=");
    assertThat(jobs.summary("scores").get("state").asText()).isEqualTo("FAILED");
    assertThat(jobs.summary("scores").get("cycles")).hasSize(1);
    assertGoesOnOnceThereIsSpace("scores");
  }

  @Test
  void saysSoWhenAModelDoesNotFit() throws IOException {
    assertSaysThatTheDiskIsFull("model", "model.zip");
    assertThat(jobs.summary("model").get("state").asText()).isEqualTo("FAILED");
    assertThat(jobs.evaluate("first").exitCode()).isZero();
    assertGoesOnOnceThereIsSpace("model");
  }

  private static void assertSaysThatTheDiskIsFull(String runId, String where) {
    JobRunner.End end = train(runId, where);

    assertThat(end.said())
        .contains(
            "The disk is full (No space left on device): free some space below the store or below"
                + " spark.local.dir and start again; what was written before is intact");
    assertThat(end.exitCode()).isEqualTo(1);
    assertThat(end.said())
        .endsWith(
            String.format(
                "What is done is kept: jobs/self-train --run %s --set store=full:%s goes on from"
                    + " there",
                runId, jobs.store()));
    assertThat(jobs.table("runs/first/scores", "id")).hasSize(30);
    assertThat(jobs.table("examples", "id")).hasSize(100);
  }

  private static JobRunner.End train(String runId, String fullWhere) {
    return jobs.selfTrain(
        runId,
        settings(
            "store=full:" + jobs.store(),
            "curriculum.step-percent=100",
            "spark.hadoop.fs.full.impl=" + FullDiskFileSystem.class.getName(),
            "spark.hadoop.fs.full.impl.disable.cache=true",
            "spark.hadoop.fs.full.where=" + fullWhere,
            "spark.delta.logStore.full.impl=io.delta.storage.LocalLogStore"));
  }

  private static void assertGoesOnOnceThereIsSpace(String runId) throws IOException {
    JobRunner.End end = train(runId, "nowhere");
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(jobs.summary(runId).get("state").asText()).isEqualTo("FINISHED");
    assertThat(jobs.summary(runId).get("cycles").findValuesAsText("modelChecksum"))
        .isEqualTo(jobs.summary("first").get("cycles").findValuesAsText("modelChecksum"));
    assertThat(jobs.run(runId).resolve("pixels")).doesNotExist();
  }

  private static List<String> settings(String... others) {
    List<String> all = new ArrayList<>(LocalSpark.DIGITS);
    all.addAll(List.of(others));
    return all;
  }
}
