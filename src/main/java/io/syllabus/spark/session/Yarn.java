package io.syllabus.spark.session;

import io.syllabus.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.protocolrecords.GetApplicationsRequest;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.ApplicationResourceUsageReport;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** A cluster that YARN manages. */
final class Yarn implements Cluster {
  private static final Set<YarnApplicationState> NOT_STARTED =
      EnumSet.of(
          YarnApplicationState.NEW,
          YarnApplicationState.NEW_SAVING,
          YarnApplicationState.SUBMITTED,
          YarnApplicationState.ACCEPTED);
  private static final String TAGS = "spark.yarn.tags";

  private final SparkConf conf;
  private final String tag = "syllabus-" + UUID.randomUUID();

  /**
   * @param conf to which is added a tag that the application is found by before it has a name
   */
  Yarn(SparkConf conf) {
    this.conf = conf;
    conf.set(TAGS, conf.contains(TAGS) ? conf.get(TAGS) + "," + tag : tag);
  }

  /** A question to YARN. */
  @FunctionalInterface
  private interface Question<T> {
    T ask(YarnClient client) throws IOException, YarnException;
  }

  @Override
  public String obstacle(Optional<String> applicationId) throws IOException {
    return ask(
        client -> {
          Optional<ApplicationReport> application = find(client, applicationId);
          if (application.isEmpty()) {
            return "YARN does not know of the job yet";
          }
          String queue = application.get().getQueue();
          return obstacle(
              application.get(),
              Optional.ofNullable(client.getQueueInfo(queue)),
              client.getNodeReports(NodeState.RUNNING),
              ExecutorSize.ofContainer(conf));
        });
  }

  @Override
  public void withdraw() throws IOException {
    ask(
        client -> {
          Optional<ApplicationReport> application = find(client, Optional.empty());
          // What has started ends with its session.
          if (application.filter(Yarn::isNotStarted).isPresent()) {
            client.killApplication(application.get().getApplicationId());
          }
          return application;
        });
  }

  /** What YARN says of the way to an executor. */
  static String obstacle(
      ApplicationReport application,
      Optional<QueueInfo> queue,
      List<NodeReport> nodes,
      ExecutorSize executor) {
    String used =
        queue.map(q -> Text.format(" (used to %.0f %%)", 100 * q.getCurrentCapacity())).orElse("");
    String name = "queue " + application.getQueue() + used;
    if (isNotStarted(application) && containers(application) == 0) {
      return Text.format("%s has no room for %s", name, words(application));
    }
    if (application.getYarnApplicationState() != YarnApplicationState.RUNNING) {
      return words(application);
    }
    List<ExecutorSize> free = new ArrayList<>();
    nodes.forEach(node -> free.add(free(node)));
    return free.isEmpty()
        ? "no node of YARN runs"
        : executor.obstacle(free, "node of YARN") + "; " + name;
  }

  private static boolean isNotStarted(ApplicationReport application) {
    return NOT_STARTED.contains(application.getYarnApplicationState());
  }

  // The first is for what asks for the others.
  private static int containers(ApplicationReport application) {
    return Optional.ofNullable(application.getApplicationResourceUsageReport())
        .map(ApplicationResourceUsageReport::getNumUsedContainers)
        .orElse(0);
  }

  private static String words(ApplicationReport application) {
    String words = Optional.ofNullable(application.getDiagnostics()).orElse("").strip();
    return Text.format(
        "application %s, which is %s%s",
        application.getApplicationId(),
        application.getYarnApplicationState().name().toLowerCase(Locale.ROOT),
        words.isEmpty() ? "" : ": " + words.replaceAll("\\s+", " "));
  }

  private static ExecutorSize free(NodeReport node) {
    Resource all = node.getCapability();
    Resource used = Optional.ofNullable(node.getUsed()).orElse(Resource.newInstance(0, 0));
    return new ExecutorSize(
        all.getVirtualCores() - used.getVirtualCores(), all.getMemorySize() - used.getMemorySize());
  }

  private Optional<ApplicationReport> find(YarnClient client, Optional<String> applicationId)
      throws IOException, YarnException {
    // In cluster mode the application is there before the session.
    Optional<String> id = applicationId.or(() -> option("spark.yarn.app.id"));
    if (id.isPresent()) {
      return Optional.of(client.getApplicationReport(ApplicationId.fromString(id.get())));
    }
    GetApplicationsRequest request = GetApplicationsRequest.newInstance();
    request.setApplicationTags(Set.of(tag));
    return client.getApplications(request).stream().findFirst();
  }

  private Optional<String> option(String key) {
    return conf.contains(key) ? Optional.of(conf.get(key)) : Optional.empty();
  }

  private <T> T ask(Question<T> question) throws IOException {
    YarnClient client = YarnClient.createYarnClient();
    try (client) {
      client.init(settings());
      client.start();
      return question.ask(client);
    } catch (YarnException | RuntimeException e) {
      throw new IOException("YARN does not answer: " + e.getMessage(), e);
    }
  }

  // Its client would try for a quarter of an hour.
  private Configuration settings() {
    Configuration hadoop = new YarnConfiguration(SparkHadoopUtil.get().newConfiguration(conf));
    hadoop.set(YarnConfiguration.RESOURCEMANAGER_CONNECT_MAX_WAIT_MS, "5000");
    hadoop.set(YarnConfiguration.RESOURCEMANAGER_CONNECT_RETRY_INTERVAL_MS, "1000");
    hadoop.set("ipc.client.connect.max.retries", "1");
    hadoop.set("ipc.client.connect.timeout", "5000");
    hadoop.set("ipc.client.rpc-timeout.ms", "10000");
    return hadoop;
  }
}
