package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.job.JobProcess;
import io.syllabus.job.JobRunner;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources and store on a NameNode and DataNodes. */
@Tag("cluster")
class HdfsTest {
  @TempDir private static Path folder;
  private static MiniDFSCluster hdfs;

  @BeforeAll
  static void start() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    // A DataNode that is dead is left alone soon.
    hadoop.set("dfs.namenode.heartbeat.recheck-interval", "2000");
    hadoop.set("dfs.heartbeat.interval", "1");
    hdfs = new MiniDFSCluster.Builder(hadoop).numDataNodes(3).build();
    hdfs.waitActive();
  }

  @AfterAll
  static void stop() {
    hdfs.shutdown(true);
  }

  @Test
  void endsTheSameThoughADataNodeDiesAndTheDriverIsKilled()
      throws IOException, InterruptedException {
    JobProcess run = selfTrain();
    run.awaitWords("cycle 0: epoch 4 of");
    hdfs.stopDataNode(0);
    run.awaitWords("cycle 1: epoch 3 of");
    assertThat(run.isAlive()).as(run.said()).isTrue();
    run.kill();

    JobProcess rest = selfTrain();
    assertThat(rest.await()).as(rest.said()).isZero();
    assertThat(rest.said())
        .contains("Run hdfs goes on, " + store())
        .doesNotContain("cycle 0: epoch", "cycle 1: epoch 2 of");
    InLocalMode.assertSame(store(), new Configuration(), folder.resolve("copy"), "hdfs");
  }

  private static String store() {
    return hdfs.getURI() + "/store";
  }

  private static JobProcess selfTrain() throws IOException {
    return JobProcess.selfTrain(
        new JobRunner(folder), "hdfs", ArrayUtils.add(InLocalMode.SETTINGS, "store=" + store()));
  }
}
