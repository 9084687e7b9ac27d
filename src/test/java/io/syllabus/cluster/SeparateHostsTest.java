package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syllabus.job.JobProcess;
import io.syllabus.job.JobRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers in network namespaces of their own, as on hosts of their own. */
@Tag("cluster")
class SeparateHostsTest {
  @TempDir private static Path folder;

  @Test
  void endsAsInLocalModeThoughAHostIsCutOffForAWhile() throws IOException, InterruptedException {
    assumeTrue(Namespaces.arePossible(), "network namespaces take root, and the command ip");
    try (Namespaces hosts = Namespaces.create(2);
        StandaloneCluster cluster =
            StandaloneCluster.start(
                folder.resolve("cluster"),
                1,
                Map.of("SYLLABUS_SSH", "ip netns exec"),
                "--hosts",
                String.join(",", hosts.addresses()),
                "--master-host",
                hosts.own())) {
      Path store = folder.resolve("store");
      List<String> options =
          cluster.submission(
              "--conf", "spark.driver.host=" + hosts.own(),
              "--conf", "spark.driver.bindAddress=" + hosts.own());
      JobProcess run =
          JobProcess.submit(options, new JobRunner(store), "hosts", InLocalMode.SETTINGS);
      run.awaitWords("cycle 1: epoch 2 of");
      assertThat(run.isAlive()).as(run.said()).isTrue();
      hosts.cutOff(0);
      TimeUnit.SECONDS.sleep(15);
      hosts.join(0);

      assertThat(run.await()).as(run.said()).isZero();
      assertThat(run.said()).contains("Executors: 2, each with ", ", cores: 1; tasks at once: 2,");
      InLocalMode.assertSame(store, "hosts");
    }
  }
}
