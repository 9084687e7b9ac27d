package io.syllabus.spark.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.ApplicationResourceUsageReport;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.util.Records;
import org.junit.jupiter.api.Test;

/** What YARN's answers say, as its client hands them on. */
class YarnObstacleTest {
  private static final ExecutorSize EXECUTOR = new ExecutorSize(2, 4096);

  @Test
  void aQueueIsFullWhereTheApplicationHasNoContainer() {
    ApplicationReport held = application(YarnApplicationState.ACCEPTED);
    held.setDiagnostics("Queue's AM resource limit exceeded.\n  Details: <memory:4096>");

    assertThat(obstacle(held))
        .isEqualTo(
            "queue nightly (used to 98 %) has no room for application application_7_0001, which is"
                + " accepted: Queue's AM resource limit exceeded. Details: <memory:4096>");
    assertThat(obstacle(application(YarnApplicationState.SUBMITTED)))
        .isEqualTo(
            "queue nightly (used to 98 %) has no room for application application_7_0001, which is"
                + " submitted");
  }

  @Test
  void anApplicationThatHasItsFirstContainerIsStarting() {
    ApplicationReport starting = application(YarnApplicationState.ACCEPTED);
    ApplicationResourceUsageReport usage = Records.newRecord(ApplicationResourceUsageReport.class);
    usage.setNumUsedContainers(1);
    starting.setApplicationResourceUsageReport(usage);
    starting.setDiagnostics("AM container is launched");

    assertThat(obstacle(starting))
        .isEqualTo("application application_7_0001, which is accepted: AM container is launched");
  }

  @Test
  void noNodeHasRoomForAnExecutor() {
    assertThat(
            obstacle(
                application(YarnApplicationState.RUNNING),
                node(8, 8192, 7, 0),
                node(8, 8192, 0, 5000)))
        .isEqualTo(
            "no node of YARN has room for an executor of 4,096 MiB and 2 cores, the most that one"
                + " has free is 8,192 MiB and 1 core; queue nightly (used to 98 %)");
  }

  @Test
  void thereIsRoomButTheQueueGivesNone() {
    assertThat(obstacle(application(YarnApplicationState.RUNNING), node(8, 8192, 6, 4096)))
        .startsWith("a node of YARN has room for an executor of 4,096 MiB and 2 cores, but none")
        .endsWith("; queue nightly (used to 98 %)");
  }

  @Test
  void noNodeRuns() {
    assertThat(obstacle(application(YarnApplicationState.RUNNING)))
        .isEqualTo("no node of YARN runs");
  }

  @Test
  void theApplicationIsOver() {
    ApplicationReport killed = application(YarnApplicationState.KILLED);
    killed.setDiagnostics("Application killed by user.");

    assertThat(obstacle(killed))
        .isEqualTo("application application_7_0001, which is killed: Application killed by user.");
  }

  private static String obstacle(ApplicationReport application, NodeReport... nodes) {
    QueueInfo queue = Records.newRecord(QueueInfo.class);
    queue.setCurrentCapacity(0.98f);
    return Yarn.obstacle(application, Optional.of(queue), List.of(nodes), EXECUTOR);
  }

  private static ApplicationReport application(YarnApplicationState state) {
    ApplicationReport report = Records.newRecord(ApplicationReport.class);
    report.setApplicationId(ApplicationId.newInstance(7, 1));
    report.setQueue("nightly");
    report.setYarnApplicationState(state);
    return report;
  }

  private static NodeReport node(int cores, int memory, int coresUsed, int memoryUsed) {
    NodeReport node = Records.newRecord(NodeReport.class);
    node.setNodeId(NodeId.newInstance("node", 1));
    node.setNodeState(NodeState.RUNNING);
    node.setCapability(Resource.newInstance(memory, cores));
    node.setUsed(Resource.newInstance(memoryUsed, coresUsed));
    return node;
  }
}
