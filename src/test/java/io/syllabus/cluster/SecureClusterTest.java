package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.job.JobProcess;
import io.syllabus.job.JobRunner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that is started with {@code --secure}. */
@Tag("cluster")
class SecureClusterTest {
  @TempDir private static Path folder;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = StandaloneCluster.start(folder.resolve("cluster"), 2, "--secure");
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  @Test
  void whoeverKnowsTheSecretComesToTheSame() throws IOException, InterruptedException {
    Path store = folder.resolve("store");
    List<String> options =
        List.of(
            "--master", cluster.url(),
            "--properties-file", cluster.secureSettings().toString());
    JobProcess run =
        JobProcess.submit(options, new JobRunner(store), "secure", InLocalMode.SETTINGS);

    assertThat(run.await()).as(run.said()).isZero();
    InLocalMode.assertSame(store, "secure");
    String secret = setting("spark.authenticate.secret");
    assertThat(run.said()).doesNotContain(secret);
    assertThat(Files.readString(store.resolve("runs/secure/run.json"))).doesNotContain(secret);
    assertThat(Files.readString(store.resolve("runs/secure/log.txt"))).doesNotContain(secret);
  }

  @Test
  void aWorkerWithoutTheSecretDoesNotJoin() throws IOException, InterruptedException {
    Path log = folder.resolve("stranger.log");
    Process stranger =
        new ProcessBuilder(
                "cluster/spark-class",
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--cores",
                "1",
                "--memory",
                "512m",
                "--webui-port",
                "0",
                "--work-dir",
                folder.resolve("stranger").toString(),
                cluster.url())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!Files.readString(log).contains("Failed to connect to master")) {
        assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(200);
      }
      assertThat(Files.readString(log)).doesNotContain("Successfully registered");
      assertThat(cluster.log("master").lines().filter(line -> line.contains("Registering worker")))
          .hasSize(2);
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  @Test
  void aPageAsksForAPassword() throws IOException, InterruptedException {
    Matcher page = Pattern.compile("Page: +(http\\S+)").matcher(cluster.status());
    assertThat(page.find()).isTrue();
    HttpRequest.Builder stranger = HttpRequest.newBuilder(URI.create(page.group(1)));

    HttpResponse<String> refusal = send(stranger);
    assertThat(refusal.statusCode()).isEqualTo(401);
    assertThat(refusal.body()).doesNotContain("worker-");
    assertThat(send(stranger.copy().header("Authorization", basic("wrong"))).statusCode())
        .isEqualTo(401);

    String password = setting("spark.io.syllabus.spark.PageGuard.param.password");
    HttpResponse<String> shown = send(stranger.copy().header("Authorization", basic(password)));
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.body()).contains("worker-");
  }

  @Test
  void nobodyElseReadsTheSecret() throws IOException {
    assertThat(Files.getPosixFilePermissions(cluster.secureSettings()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(setting("spark.authenticate.secret")).hasSize(64);
    assertThat(cluster.log("master") + cluster.log("worker-1"))
        .doesNotContain(setting("spark.authenticate.secret"));
  }

  private static String basic(String password) {
    byte[] pair = ("syllabus:" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String setting(String key) throws IOException {
    return Files.readAllLines(cluster.secureSettings()).stream()
        .filter(line -> line.startsWith(key + " "))
        .map(line -> line.substring(key.length()).strip())
        .findFirst()
        .orElseThrow();
  }
}
