package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run in which every kind of call to the file system fails once, and which is called again. */
class FaultyDiskTest {
  private static final int MOST_ATTEMPTS = 1000;

  @TempDir private Path folder;
  private JobRunner jobs;

  @Test
  void endsAsIfNoCallHadFailed() throws IOException {
    jobs = new JobRunner(folder.resolve("store"));
    JobRunner.End whole = jobs.selfTrain("whole", settings(jobs.store().toString()));
    assertThat(whole.exitCode()).as(whole.said()).isZero();

    int run = 1;
    boolean begins = true;
    // Only a run that begins with the attempt makes all calls.
    boolean isWhole = false;
    for (int attempt = 1; !isWhole; attempt++) {
      assertThat(attempt)
          .as("attempts, the last to go on with run %s", run)
          .isLessThan(MOST_ATTEMPTS);
      FaultyFileSystem.arm();
      JobRunner.End end = jobs.selfTrain("run-" + run, settings("faulty:" + jobs.store()));
      boolean noneFailed = FaultyFileSystem.disarm();
      if (end.exitCode() == 0) {
        // What failed, if any did, did not matter to it.
        assertIsTheSame("run-" + run);
        isWhole = begins && noneFailed;
        run++;
        begins = true;
      } else {
        begins = false;
        assertThat(noneFailed).as(end.said()).isFalse();
        assertThat(end.exitCode()).as(end.said()).isIn(1, 3);
        assertThat(end.said()).contains("injected: ");
      }
    }
    assertThat(FaultyFileSystem.failed())
        .hasSizeGreaterThan(100)
        .contains(
            "create /runs/run-#/.run.json.draft",
            "rename /runs/run-#/.summary.json.draft",
            "write /runs/run-#/cycle-#/checkpoints/.epoch-#.draft",
            "close /runs/run-#/cycle-#/.model.zip.draft");
  }

  private void assertIsTheSame(String runId) throws IOException {
    assertThat(jobs.figures(runId)).isEqualTo(jobs.figures("whole"));
    assertThat(table(runId, "scores", "cycle", "id", "label", "confidence", "selected"))
        .isEqualTo(table("whole", "scores", "cycle", "id", "label", "confidence", "selected"));
    assertThat(table(runId, "labels", "id", "class", "source", "confidence", "label_changes"))
        .isEqualTo(
            table("whole", "labels", "id", "class", "source", "confidence", "label_changes"));
  }

  private List<Row> table(String runId, String name, String first, String... columns) {
    return jobs.table("runs/" + runId + "/" + name, first, columns);
  }

  private static List<String> settings(String store) {
    List<String> all = new ArrayList<>(LocalSpark.DIGITS);
    all.addAll(LocalSpark.PUBLISHING);
    all.addAll(
        List.of(
            "store=" + store,
            "training.epochs=2",
            "curriculum.step-percent=100",
            "spark.hadoop.fs.faulty.impl=" + FaultyFileSystem.class.getName(),
            "spark.delta.logStore.faulty.impl=io.delta.storage.LocalLogStore"));
    return all;
  }
}
