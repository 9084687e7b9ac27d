package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in processes that are killed, stopped and started at the same time. */
class InterruptedRunTest {
  private static final int KILLS = 25;
  // On waking it is chance whether Spark looks for heartbeats before there is one.
  private static final int NAPS = 8;
  private static final String[] SETTINGS = {"training.epochs=30", "training.averaging-frequency=1"};

  @TempDir private static Path folder;
  private static JobRunner jobs;

  @BeforeAll
  static void runToTheEnd() throws IOException, InterruptedException {
    jobs = new JobRunner(folder.resolve("store"));
    JobProcess whole = JobProcess.selfTrain(jobs, "whole", SETTINGS);
    assertThat(whole.await()).as(whole.said()).isZero();
  }

  @Test
  void endsAsIfItHadNeverBeenKilled() throws IOException, InterruptedException {
    Random random = new Random(23);
    int kills = 0;
    boolean alive = true;
    while (alive && kills < KILLS) {
      JobProcess process = JobProcess.selfTrain(jobs, "killed", SETTINGS);
      // Two lines of greeting, then one a step: some kills come before the first, some after a few.
      process.awaitLines(random.nextInt(7));
      TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
      alive = process.isAlive();
      process.kill();
      kills += alive ? 1 : 0;
    }
    assertThat(kills).as("a machine so fast needs a longer run").isEqualTo(KILLS);
    JobProcess last = JobProcess.selfTrain(jobs, "killed", SETTINGS);
    assertThat(last.await()).as(last.said()).isZero();
    assertThat(last.said()).contains("Run killed goes on, ");

    assertIsTheSame("killed");
  }

  @Test
  void stopsWhenItIsToldToAndGoesOnAsItsLastWordsSay() throws IOException, InterruptedException {
    JobProcess process = JobProcess.selfTrain(jobs, "stopped", SETTINGS);
    process.awaitWords("cycle 1: epoch 3 of");
    long told = System.nanoTime();
    process.terminate();
    assertThat(process.await()).as(process.said()).isEqualTo(143);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - told)).isLessThan(20);
    assertThat(process.said())
        .endsWith(
            String.format(
                "Stopped. What is done is kept: jobs/self-train --run stopped --set store=%s goes on"
                    + " from there\n",
                jobs.store()));
    assertThat(jobs.summary("stopped").get("state").asText()).isEqualTo("STOPPED");

    JobProcess rest = JobProcess.goOn(jobs, "stopped");
    assertThat(rest.await()).as(rest.said()).isZero();
    assertThat(rest.said())
        .contains("Run stopped goes on, ")
        .doesNotContain("cycle 0: epoch")
        .doesNotContain("cycle 1: epoch 2 of");
    assertIsTheSame("stopped");
  }

  @Test
  void goesOnWhenItIsWoken() throws IOException, InterruptedException {
    List<String> settings = new ArrayList<>(List.of(SETTINGS));
    // A second in place of two minutes until Spark gives up an executor, three in place of sixty
    // until an executor gives up its driver.
    settings.add("spark.executor.heartbeatInterval=500ms");
    settings.add("spark.network.timeout=1s");
    settings.add("spark.network.timeoutInterval=500ms");
    settings.add("spark.executor.heartbeat.maxFailures=3");
    settings.add("spark.rpc.askTimeout=2m");
    JobProcess process = JobProcess.selfTrain(jobs, "woken", settings.toArray(String[]::new));
    process.awaitWords("cycle 1: epoch 3 of");
    for (int nap = 0; nap < NAPS && process.isAlive(); nap++) {
      process.suspend(2);
      TimeUnit.MILLISECONDS.sleep(200);
    }

    assertThat(process.await()).as(process.said()).isZero();
    assertIsTheSame("woken");
  }

  @Test
  void oneOfTwoThatStartAtTheSameTimeGoesOn() throws IOException, InterruptedException {
    JobProcess one = JobProcess.selfTrain(jobs, "one", SETTINGS);
    JobProcess other = JobProcess.selfTrain(jobs, "other", SETTINGS);
    List<Integer> codes = List.of(one.await(), other.await());

    assertThat(codes).as(one.said() + other.said()).containsExactlyInAnyOrder(0, 5);
    String winner = codes.get(0) == 0 ? "one" : "other";
    assertThat(codes.get(0) == 0 ? other.said() : one.said())
        .contains("The store file:" + jobs.store() + " is in use: run " + winner + " of ");
    assertIsTheSame(winner);
  }

  private static void assertIsTheSame(String runId) throws IOException {
    assertThat(jobs.figures(runId)).isEqualTo(jobs.figures("whole"));
    assertThat(jobs.scores(runId)).isEqualTo(jobs.scores("whole"));
    assertThat(jobs.labels(runId)).isEqualTo(jobs.labels("whole"));
    assertThat(jobs.run(runId).resolve("labeled")).doesNotExist();
    assertThat(jobs.run(runId).resolve("pixels")).doesNotExist();
    for (String left : List.of("cycle-0", "cycle-1", "cycle-2")) {
      assertThat(jobs.run(runId).resolve(left).toFile().list())
          .containsExactlyInAnyOrder("model.zip", "metrics.jsonl");
    }
  }
}
