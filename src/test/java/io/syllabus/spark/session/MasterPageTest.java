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

/** Answers as a Master of Spark 3.5.9 gives them, but for what nobody reads. */
class MasterPageTest {
  private static final ExecutorSize EXECUTOR = new ExecutorSize(2, 1024);
  private static final Optional<String> APPLICATION = Optional.of("app-20261128141858-0000");
  private static final String BIG = worker("ALIVE", 1, 4096);
  private static final String WIDE = worker("ALIVE", 8, 512);

  private final SparkConf conf = new SparkConf(false);
  private HttpServer server;
  private volatile String answer;
  private volatile String password = "";

  @BeforeEach
  void start() throws IOException {
    InetAddress local = InetAddress.getLoopbackAddress();
    server = HttpServer.create(new InetSocketAddress(local, 0), 0);
    server.createContext(
        "/json/",
        exchange -> {
          String given = exchange.getRequestHeaders().getFirst("Authorization");
          boolean mayRead = password.isEmpty() || password.equals(given);
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(mayRead ? 200 : 401, body.length);
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
  void saysThatNoWorkerIsAlive() throws IOException {
    assertThat(obstacle(state("ALIVE", APPLICATION.get())))
        .contains("no Worker of spark://host:7077 is alive");
    assertThat(obstacle(state("ALIVE", APPLICATION.get(), worker("DEAD", 8, 8192))))
        .contains("no Worker of spark://host:7077 is alive");
  }

  @Test
  void saysThatNoWorkerHasRoom() throws IOException {
    assertThat(obstacle(state("ALIVE", APPLICATION.get(), WIDE, BIG, worker("DEAD", 8, 8192))))
        .contains(
            "no Worker of spark://host:7077 has room for an executor of 1,024 MiB and 2 cores, the"
                + " most that one has free is 4,096 MiB and 1 core");
  }

  @Test
  void saysWhereThereIsRoomNonetheless() throws IOException {
    assertThat(obstacle(state("ALIVE", APPLICATION.get(), worker("ALIVE", 2, 1024))))
        .contains(
            "a Worker of spark://host:7077 has room for an executor of 1,024 MiB and 2 cores, but"
                + " none comes: the logs there say why");
  }

  @Test
  void saysThatExecutorsAreStarted() throws IOException {
    String known = "{\"id\":\"" + APPLICATION.get() + "\",\"cores\":3}";
    assertThat(obstacle(stateWith("ALIVE", known, worker("ALIVE", 0, 113))))
        .contains(
            "the Workers of spark://host:7077 start executors (cores: 3), and none has come to the"
                + " driver: their logs say why");
  }

  @Test
  void saysThatTheMasterIsAnotherOne() throws IOException {
    assertThat(obstacle(state("ALIVE", "app-of-somebody-else", worker("ALIVE", 2, 1024))))
        .contains(
            "the Master is lost, another was started at spark://host:7077 and knows nothing of the"
                + " job");
    assertThat(page().obstacle(Optional.empty(), EXECUTOR).orElseThrow()).startsWith("a Worker of");
  }

  @Test
  void aMasterOnStandbyHasNothingToSay() throws IOException {
    assertThat(obstacle(state("STANDBY", APPLICATION.get()))).isEmpty();
  }

  @Test
  void showsThePasswordThatTheSettingsHave() throws IOException {
    password = "Basic c3lsbGFidXM6aHVzaA==";
    answer = state("ALIVE", APPLICATION.get());
    assertThatThrownBy(() -> page().obstacle(APPLICATION, EXECUTOR))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("the Master answers, but its page http://\\S+/json/ does not: 401");

    String prefix = "spark.io.syllabus.spark.session.PageGuard.param.";
    conf.set(prefix + "user", "syllabus").set(prefix + "password", "hush");
    assertThat(page().obstacle(APPLICATION, EXECUTOR)).isPresent();
  }

  private Optional<String> obstacle(String state) throws IOException {
    answer = state;
    return page().obstacle(APPLICATION, EXECUTOR);
  }

  private MasterPage page() {
    return new MasterPage(conf, "localhost", server.getAddress().getPort());
  }

  private static String state(String status, String application, String... workers) {
    return stateWith(status, "{\"id\":\"" + application + "\",\"cores\":0}", workers);
  }

  private static String stateWith(String status, String application, String... workers) {
    return String.format(
        "{\"url\":\"spark://host:7077\",\"workers\":[%s],\"activeapps\":[%s],\"status\":\"%s\"}",
        String.join(",", workers), application, status);
  }

  private static String worker(String state, int coresFree, int memoryFree) {
    return String.format(
        "{\"id\":\"worker-1\",\"cores\":8,\"coresfree\":%d,\"memory\":8192,\"memoryfree\":%d,"
            + "\"state\":\"%s\"}",
        coresFree, memoryFree, state);
  }
}
