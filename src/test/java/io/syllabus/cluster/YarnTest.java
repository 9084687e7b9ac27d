package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.job.JobProcess;
import io.syllabus.job.JobRunner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    hadoop.set("yarn.scheduler.capacity.root.queues", "default");
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
}
