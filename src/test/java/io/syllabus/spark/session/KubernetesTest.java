package io.syllabus.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of an API server, as Kubernetes' reference has them. */
class KubernetesTest {
  private static final Optional<String> APPLICATION = Optional.of("spark-1234");
  private static final String UNSCHEDULABLE =
      """
      {"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False",
       "reason": "Unschedulable", "message": "0/3 nodes are available: 3 Insufficient memory."}]}
      """;
  private static final String NO_IMAGE =
      """
      {"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "True"}],
       "containerStatuses": [{"name": "executor", "state": {"waiting": {"reason": "ImagePullBackOff",
       "message": "Back-off pulling image \\"syllabus\\""}}}]}
      """;
  private static final String KILLED =
      """
      {"phase": "Failed", "conditions": [], "containerStatuses": [{"name": "executor",
       "state": {"terminated": {"reason": "OOMKilled", "exitCode": 137}}}]}
      """;

  private HttpServer server;
  private volatile String asked;
  private volatile String answer;

  @BeforeEach
  void start() throws IOException {
    InetAddress local = InetAddress.getLoopbackAddress();
    server = HttpServer.create(new InetSocketAddress(local, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestURI().toString();
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(answer.contains("PodList") ? 200 : 403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void podsArePendingForReasons() throws IOException {
    assertThat(obstacle(UNSCHEDULABLE, NO_IMAGE, UNSCHEDULABLE))
        .isEqualTo(
            "pods: 1 pending, ImagePullBackOff: Back-off pulling image \"syllabus\"; pods: 2"
                + " pending, Unschedulable: 0/3 nodes are available: 3 Insufficient memory.");
    assertThat(asked)
        .startsWith("/api/v1/namespaces/ml/pods?labelSelector=")
        .contains("spark-app-selector%3Dspark-1234", "spark-role%3Dexecutor");
  }

  @Test
  void podsHaveEndedOrRun() throws IOException {
    assertThat(obstacle(KILLED)).isEqualTo("pods: 1 failed, OOMKilled 137");
    assertThat(obstacle("{\"phase\": \"Running\"}")).isEqualTo("pods: 1 running");
  }

  @Test
  void thereIsNoPod() throws IOException {
    assertThat(obstacle())
        .isEqualTo(
            "namespace ml has no pod for an executor: the driver's log says who refused one");
  }

  @Test
  void theServerRefuses() {
    answer = "{\"kind\": \"Status\", \"status\": \"Failure\", \"message\": \"pods is forbidden\"}";

    assertThatThrownBy(() -> cluster().obstacle(APPLICATION))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the API server refuses or does not answer: ")
        .hasMessageContaining("pods is forbidden");
  }

  private String obstacle(String... statuses) throws IOException {
    StringBuilder items = new StringBuilder();
    for (String status : statuses) {
      items.append(items.isEmpty() ? "" : ",");
      items.append("{\"metadata\": {\"name\": \"exec\"}, \"status\": ").append(status).append('}');
    }
    answer = "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": [" + items + "]}";
    return cluster().obstacle(APPLICATION);
  }

  private Cluster cluster() {
    String master = "k8s://http://localhost:" + server.getAddress().getPort();
    SparkConf conf = new SparkConf(false).set("spark.master", master);
    return Cluster.of(conf.set("spark.kubernetes.namespace", "ml")).orElseThrow();
  }
}
