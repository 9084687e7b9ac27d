package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.job.JobProcess;
import io.syllabus.job.JobRunner;
import io.syllabus.job.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are submitted to Master and Worker processes, some of which die. */
@Tag("cluster")
class StandaloneTest {
  @TempDir private static Path folder;

  @Test
  void endsAsInLocalMode() throws IOException, InterruptedException {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("whole"), 2)) {
      JobProcess run = submit(cluster, "whole");

      assertThat(run.await()).as(run.said()).isZero();
      assertThat(cluster.status()).contains("worker-2", "Master:", cluster.url());
      InLocalMode.assertSame(store(), "whole");
    }
  }

  @Test
  void executorsAreKilled() throws IOException, InterruptedException {
    assertSurvives("executors", 2, Signal.KILL, StandaloneCluster::executor);
  }

  @Test
  void workersAreKilled() throws IOException, InterruptedException {
    assertSurvives("workers", 3, Signal.KILL, StandaloneCluster::daemon);
  }

  @Test
  void executorsFreeze() throws IOException, InterruptedException {
    assertSurvives("frozen", 2, Signal.STOP, StandaloneCluster::executor);
  }

  /** One process is hurt in training, and another in scoring. */
  private static void assertSurvives(
      String runId,
      int workers,
      Signal signal,
      BiFunction<StandaloneCluster, String, ProcessHandle> victim)
      throws IOException, InterruptedException {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve(runId), workers)) {
      JobProcess run = submit(cluster, runId);
      inTraining(run);
      signal.send(victim.apply(cluster, "worker-1"));
      inScoring(run);
      signal.send(victim.apply(cluster, "worker-2"));
      assertThat(run.said()).doesNotContain("cycle 2: score");

      assertThat(run.await()).as(run.said()).isZero();
      InLocalMode.assertSame(store(), runId);
    }
  }

  private static Path store() {
    return folder.resolve("store");
  }

  private static JobProcess submit(StandaloneCluster cluster, String runId) throws IOException {
    // What does not answer is given up after ten seconds, in place of two minutes.
    List<String> options =
        List.of(
            "--master", cluster.url(),
            "--conf", "spark.executor.heartbeatInterval=1s",
            "--conf", "spark.network.timeout=10s",
            "--conf", "spark.network.timeoutInterval=2s");
    return JobProcess.submit(options, new JobRunner(store()), runId, InLocalMode.SETTINGS);
  }

  private static void inTraining(JobProcess run) throws IOException, InterruptedException {
    run.awaitWords("cycle 1: epoch 2 of");
    assertThat(run.isAlive()).as(run.said()).isTrue();
  }

  // Scoring follows the last epoch.
  private static void inScoring(JobProcess run) throws IOException, InterruptedException {
    run.awaitWords("cycle 1: epoch 8 of");
    TimeUnit.MILLISECONDS.sleep(300);
    assertThat(run.isAlive()).as(run.said()).isTrue();
  }
}
