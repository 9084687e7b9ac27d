package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.job.JobProcess;
import io.syllabus.job.JobRunner;
import io.syllabus.job.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that wait for a standalone cluster which has no room, or whose processes are gone. */
@Tag("cluster")
class PatienceTest {
  private static final String PATIENCE = "cluster.patience=12s";
  private static final String[] SHORT =
      Stream.concat(Stream.of(InLocalMode.SETTINGS), Stream.of(PATIENCE)).toArray(String[]::new);
  // So many that a run is still training when its cluster has been hurt.
  private static final String[] LONG = {"training.epochs=5000", PATIENCE};

  private final List<JobProcess> jobs = new ArrayList<>();

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = StandaloneCluster.start(folder.resolve("cluster"), 2, "--secure");
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  @AfterEach
  void killWhatWaits() throws InterruptedException {
    for (JobProcess job : jobs) {
      job.kill();
    }
  }

  @Test
  void aRunThatWaitsSaysWhyAndEnds() throws IOException, InterruptedException {
    JobProcess wide =
        submit(
            "wide",
            LONG,
            "--executor-memory",
            "4g",
            // For others than the first executor no run waits longer.
            "--conf",
            "spark.scheduler.maxRegisteredResourcesWaitingTime=1s");
    JobProcess orphan = submit("orphan", LONG);

    assertEnded(
        "wide",
        wide,
        "no Worker of %s has room for an executor of 4,096 MiB and 1 core, the most that one has"
            + " free is [0-9,]+ MiB and [01] cores?");
    assertThat(wide.said()).contains("\nStart the job again with the same command\n");

    orphan.awaitWords("cycle 0: epoch 2 of");
    Signal.KILL.send(cluster.master());
    orphan.awaitLines((int) orphan.said().lines().count() + 5);
    assertThat(orphan.isAlive()).as("its executors live on: " + orphan.said()).isTrue();
    cluster.startAnotherMaster();
    assertEnded(
        "orphan",
        orphan,
        "the Master is lost, another was started at %s and knows nothing of the job");
    assertThat(orphan.said()).contains(kept("orphan"));

    JobProcess lost = submit("lost", SHORT);
    lost.awaitWords("cycle 1: epoch 2 of");
    for (ProcessHandle worker : cluster.workers()) {
      Signal.KILL.send(worker);
    }
    assertEnded("lost", lost, "no Worker of %s is alive");
    assertThat(lost.said()).contains(kept("lost"));

    JobProcess rest = JobProcess.goOn(new JobRunner(store("lost")), "lost");
    assertThat(rest.await()).as(rest.said()).isZero();
    assertThat(rest.said()).contains("Run lost goes on, ").doesNotContain("cycle 0: epoch");
    InLocalMode.assertSame(store("lost"), "lost");
  }

  private static void assertEnded(String name, JobProcess run, String obstacle)
      throws IOException, InterruptedException {
    assertThat(run.await()).as(run.said()).isOne();
    String why = String.format(obstacle, cluster.url());
    assertThat(run.said())
        .containsPattern(
            "Waiting for \\d+ seconds, no executor lives: "
                + why
                + "; the job ends after 12 seconds of it \\(cluster.patience\\)\n")
        .containsPattern(
            "\nEnded after waiting for 12 seconds \\(cluster.patience\\), no executor lives: "
                + why
                + "\n")
        .doesNotContain("Internal failure", "\tat ");
    assertThat(store(name).resolve("lock").toFile().listFiles())
        .singleElement()
        .satisfies(lock -> assertThat(lock).content().containsPattern("\"released\" ?: ?true"));
  }

  private static String kept(String run) {
    return String.format(
        "What is done is kept: jobs/self-train --run %s --master %s [other options of spark-submit]"
            + " --set store=%s goes on from there\n",
        run, cluster.url(), store(run));
  }

  private JobProcess submit(String run, String[] settings, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--master", cluster.url()));
    all.addAll(List.of("--properties-file", cluster.secureSettings().toString()));
    all.addAll(List.of(options));
    JobProcess job = JobProcess.submit(all, new JobRunner(store(run)), run, settings);
    jobs.add(job);
    return job;
  }

  private static Path store(String run) {
    return folder.resolve("store-" + run);
  }
}
