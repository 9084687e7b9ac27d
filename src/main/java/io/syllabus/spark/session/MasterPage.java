package io.syllabus.spark.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.syllabus.Text;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;

/** The state of a standalone cluster as its Master's page gives it to programs. */
final class MasterPage {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final SparkConf conf;
  private final URI address;

  /**
   * @param conf with the page's password, where it asks for one
   */
  MasterPage(SparkConf conf, String host, int port) {
    this.conf = conf;
    this.address = URI.create(Text.format("http://%s:%d/json/", host, port));
  }

  /**
   * What stands in the way of an executor.
   *
   * @param applicationId empty where the Master does not know the application yet
   * @return empty where the Master does not lead
   * @throws IOException where the page cannot be read
   */
  Optional<String> obstacle(Optional<String> applicationId, ExecutorSize executor)
      throws IOException {
    JsonNode state = JSON.readTree(get());
    return state.path("status").asText().equals("ALIVE")
        ? Optional.of(obstacle(state, applicationId, executor))
        : Optional.empty();
  }

  private String get() throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(LIMIT);
    PageGuard.credentials(conf).ifPresent(given -> request.header("Authorization", given));
    try {
      HttpResponse<String> response =
          HttpClient.newBuilder()
              .connectTimeout(LIMIT)
              .build()
              .send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(
            Text.format(
                "the Master answers, but its page %s does not: %d",
                address, response.statusCode()));
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the page of a Master was read", e);
    }
  }

  /** What a Master's state says of the way to an executor. */
  private static String obstacle(
      JsonNode state, Optional<String> applicationId, ExecutorSize executor) {
    String url = state.path("url").asText();
    Optional<JsonNode> application = applicationId.map(id -> application(id, state));
    if (application.filter(JsonNode::isMissingNode).isPresent()) {
      return Text.format(
          "the Master is lost, another was started at %s and knows nothing of the job", url);
    }
    List<ExecutorSize> free = new ArrayList<>();
    for (JsonNode worker : state.path("workers")) {
      if (worker.path("state").asText().equals("ALIVE")) {
        free.add(
            new ExecutorSize(worker.path("coresfree").asInt(), worker.path("memoryfree").asLong()));
      }
    }
    if (free.isEmpty()) {
      return Text.format("no Worker of %s is alive", url);
    }
    int cores = application.map(known -> known.path("cores").asInt()).orElse(0);
    return cores > 0
        ? Text.format(
            "the Workers of %s start executors (cores: %d), and none has come to the driver: their"
                + " logs say why",
            url, cores)
        : executor.obstacle(free, "Worker of " + url);
  }

  private static JsonNode application(String id, JsonNode state) {
    for (JsonNode application : state.path("activeapps")) {
      if (application.path("id").asText().equals(id)) {
        return application;
      }
    }
    return MissingNode.getInstance();
  }
}
