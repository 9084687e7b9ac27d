package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.job.JobProcess;
import io.syllabus.job.JobRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("executors"), 2)) {
      JobProcess run = submit(cluster, "executors");
      inTraining(run);
      Signal.KILL.send(cluster.executor("worker-1"));
      inScoring(run);
      Signal.KILL.send(cluster.executor("worker-2"));
      assertThat(run.said()).doesNotContain("cycle 2: score");

      assertThat(run.await()).as(run.said()).isZero();
      InLocalMode.assertSame(store(), "executors");
    }
  }

  @Test
  void workersAreKilled() throws IOException, InterruptedException {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("workers"), 3)) {
      JobProcess run = submit(cluster, "workers");
      inTraining(run);
      Signal.KILL.send(cluster.daemon("worker-1"));
      inScoring(run);
      Signal.KILL.send(cluster.daemon("worker-2"));
      assertThat(run.said()).doesNotContain("cycle 2: score");

      assertThat(run.await()).as(run.said()).isZero();
      InLocalMode.assertSame(store(), "workers");
    }
  }

  @Test
  void executorsFreeze() throws IOException, InterruptedException {
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("frozen"), 2)) {
      JobProcess run = submit(cluster, "frozen");
      inTraining(run);
      Signal.STOP.send(cluster.executor("worker-1"));
      inScoring(run);
      Signal.STOP.send(cluster.executor("worker-2"));
      assertThat(run.said()).doesNotContain("cycle 2: score");

      assertThat(run.await()).as(run.said()).isZero();
      InLocalMode.assertSame(store(), "frozen");
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
