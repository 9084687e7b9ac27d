package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.job.JobProcess;
import io.syllabus.job.JobRunner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A submission to a ResourceManager and a NodeManager, in cluster mode. */
@Tag("cluster")
class YarnTest {
  @TempDir private static Path folder;
  private static MiniYARNCluster yarn;
  private static Path settings;

  @BeforeAll
  static void start() throws IOException {
    YarnConfiguration hadoop = new YarnConfiguration();
    hadoop.set("yarn.nodemanager.vmem-check-enabled", "false");
    hadoop.set("yarn.nodemanager.pmem-check-enabled", "false");
    hadoop.set(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, "8192");
    hadoop.set("yarn.scheduler.minimum-allocation-mb", "256");
    hadoop.set("yarn.scheduler.capacity.root.queues", "default,narrow");
    // A queue that has room for no container.
    hadoop.set("yarn.scheduler.capacity.root.narrow.capacity", "0");
    hadoop.set("yarn.scheduler.capacity.root.narrow.maximum-capacity", "1");
    hadoop.set("yarn.scheduler.capacity.root.narrow.maximum-applications", "10");
    hadoop.set("yarn.scheduler.capacity.root.default.capacity", "100");
    hadoop.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.5");
    // A disk that is nearly full is no reason to run nothing.
    hadoop.set("yarn.nodemanager.disk-health-checker.enable", "false");
    yarn = new MiniYARNCluster("syllabus", 1, 1, 1);
    yarn.init(hadoop);
    yarn.start();
    settings = Files.createDirectory(folder.resolve("settings"));
    write(yarn.getConfig(), settings.resolve("yarn-site.xml"));
    Configuration core = new Configuration(false);
    core.set("fs.defaultFS", "file:///");
    write(core, settings.resolve("core-site.xml"));
  }

  private static void write(Configuration hadoop, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      hadoop.writeXml(out);
    }
  }

  @AfterAll
  static void stop() {
    yarn.stop();
  }

  @Test
  void aSubmissionInClusterModeEndsAsInLocalMode() throws IOException, InterruptedException {
    Path store = folder.resolve("store");
    List<String> options =
        List.of(
            "--master", "yarn",
            "--deploy-mode", "cluster",
            "--driver-memory", "1g",
            // Where they are already, in place of a copy for every job.
            "--conf", "spark.yarn.jars=local:" + Path.of("target/spark/jars/*").toAbsolutePath(),
            // Its page is behind YARN's proxy.
            "--conf", "spark.ui.enabled=true",
            "--conf", "spark.yarn.maxAppAttempts=1");
    JobProcess run =
        JobProcess.submit(
            options,
            Map.of("HADOOP_CONF_DIR", settings.toString()),
            new JobRunner(store),
            "yarn",
            InLocalMode.SETTINGS);

    assertThat(run.await()).as(run.said()).isZero();
    assertThat(run.said()).contains("final status: SUCCEEDED");
    InLocalMode.assertSame(store, "yarn");
  }

  @Test
  void aRunThatWaitsSaysWhyAndEnds() throws IOException, InterruptedException {
    JobProcess held = submitToWait("held", 8, "--queue", "narrow");
    held.awaitWords("Waiting for ");
    JobProcess wide = submitToWait("wide", 30, "--executor-memory", "7g");

    assertThat(held.await()).as(held.said()).isOne();
    assertThat(held.said())
        .containsPattern(
            "Waiting for \\d seconds, no executor lives: queue \\S*narrow \\(used to \\d+ %\\) has"
                + " no room for application application_\\S+, which is accepted: .*; the job ends")
        .containsPattern("\nEnded after waiting for 8 seconds .*narrow .*, which is accepted: ")
        .contains("\nStart the job again with the same command\n")
        .doesNotContain("Internal failure", "\tat ");
    assertThat(wide.await()).as(wide.said()).isOne();
    assertThat(wide.said())
        .containsPattern(
            "Ended after waiting for 30 seconds .*: no node of YARN has room for an executor of"
                + " 7,\\d+ MiB and 1 core, the most that one has free is [0-9,]+ MiB")
        .doesNotContain("Internal failure", "\tat ");
  }

  private static JobProcess submitToWait(String run, int seconds, String... options)
      throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--master", "yarn",
                "--conf",
                    "spark.yarn.jars=local:" + Path.of("target/spark/jars/*").toAbsolutePath(),
                "--conf", "spark.ui.enabled=true",
                // The session is made after a second, executors or not.
                "--conf", "spark.scheduler.maxRegisteredResourcesWaitingTime=1s"));
    all.addAll(List.of(options));
    return JobProcess.submit(
        all,
        Map.of("HADOOP_CONF_DIR", settings.toString()),
        new JobRunner(folder.resolve("store-" + run)),
        run,
        "cluster.patience=" + seconds + "s");
  }
}
