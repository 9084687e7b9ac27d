package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.job.JobProcess;
import io.syllabus.job.JobRunner;
import io.syllabus.job.Signal;
import io.syllabus.natives.MappedLibraries;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is submitted to Master and Worker processes, of which some are killed and some are
 * frozen, in a cluster that is started with {@code --secure}.
 */
@Tag("cluster")
class StandaloneTest {
  private static final String RUN = "standalone";
  private static final int WORKERS = 4;

  /** Where numbers have other digits, which are in no name. */
  private static final String EGYPT = JobProcess.QUICK + " -Duser.language=ar -Duser.country=EG";

  private final Set<ProcessHandle> hurt = new HashSet<>();

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static Path decoys;

  @BeforeAll
  static void start() throws IOException {
    // What machines have in their library path, executors are not to take.
    decoys = MappedLibraries.decoys(folder.resolve("decoys"));
    Map<String, String> environment =
        Map.of("LD_LIBRARY_PATH", decoys.toString(), "SPARK_DAEMON_JAVA_OPTS", EGYPT);
    cluster = StandaloneCluster.start(folder.resolve("cluster"), WORKERS, environment, "--secure");
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  // What is frozen outlives a Worker that is killed.
  @AfterEach
  void killWhatIsFrozen() {
    hurt.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void comesToTheSameWhateverHappensToItsProcesses() throws IOException, InterruptedException {
    Path store = folder.resolve("store");
    JobProcess run = submit(store);
    run.awaitWords("cycle 0: epoch 1 of");
    for (ProcessHandle executor : cluster.executors()) {
      String maps = Files.readString(Path.of("/proc", String.valueOf(executor.pid()), "maps"));
      assertThat(maps).doesNotContain(decoys.toString());
      assertThat(MappedLibraries.in(maps))
          .as("of our jar alone")
          .isNotEmpty()
          .allSatisfy(library -> assertThat(library).asString().contains("/syllabus-job.jar/"));
    }
    hurtInTraining(run, 0, Signal.STOP, UnaryOperator.identity());
    hurtInScoring(run, 0, Signal.STOP, UnaryOperator.identity());
    hurtInTraining(run, 1, Signal.KILL, StandaloneTest::workerOf);
    hurtInScoring(run, 1, Signal.KILL, StandaloneTest::workerOf);
    hurtInTraining(run, 2, Signal.KILL, UnaryOperator.identity());
    hurtInScoring(run, 2, Signal.KILL, UnaryOperator.identity());

    assertThat(run.await()).as(run.said()).isZero();
    InLocalMode.assertSame(store, RUN);
    try (Stream<Path> all = Files.walk(store)) {
      assertThat(all.map(Path::toString)).allMatch(name -> name.matches("\\p{ASCII}*"));
    }
    assertThat(cluster.status()).contains("does not run").contains("runs, process", cluster.url());
    String secret = setting("spark.authenticate.secret");
    assertThat(run.said()).doesNotContain(secret);
    assertThat(Files.readString(store.resolve("runs/standalone/run.json"))).doesNotContain(secret);
    assertThat(Files.readString(store.resolve("runs/standalone/log.txt"))).doesNotContain(secret);
  }

  private static JobProcess submit(Path store) throws IOException {
    List<String> options =
        cluster.submission(
            "--properties-file",
            cluster.secureSettings().toString(),
            "--conf",
            "spark.executor.defaultJavaOptions=" + EGYPT);
    return JobProcess.submit(options, new JobRunner(store), RUN, InLocalMode.SETTINGS);
  }

  private static ProcessHandle workerOf(ProcessHandle executor) {
    return executor.parent().orElseThrow();
  }

  /** Hurts what computes in the second epoch of a cycle. */
  private void hurtInTraining(
      JobProcess run, int cycle, Signal signal, UnaryOperator<ProcessHandle> victim)
      throws IOException, InterruptedException {
    run.awaitWords("cycle " + cycle + ": epoch 2 of");
    hurt(run, signal, victim);
    assertThat(run.said()).doesNotContain("cycle " + cycle + ": epoch 8 of");
  }

  /**
   * Hurts what computes in the scoring that follows a cycle; after the last, that of the labels.
   */
  private void hurtInScoring(
      JobProcess run, int cycle, Signal signal, UnaryOperator<ProcessHandle> victim)
      throws IOException, InterruptedException {
    run.awaitWords("cycle " + cycle + ": epoch 8 of");
    TimeUnit.MILLISECONDS.sleep(300);
    hurt(run, signal, victim);
    assertThat(run.said()).doesNotContain("cycle " + (cycle + 1) + ": score", "label: ");
  }

  private void hurt(JobProcess run, Signal signal, UnaryOperator<ProcessHandle> victim)
      throws IOException, InterruptedException {
    List<ProcessHandle> unhurt =
        cluster.executors().stream().filter(executor -> !hurt.contains(executor)).toList();
    assertThat(unhurt).as(run.said()).isNotEmpty();
    hurt.add(unhurt.get(0));
    signal.send(victim.apply(unhurt.get(0)));
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
          .hasSize(WORKERS);
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  @Test
  void aJobWithoutTheSecretIsNotTaken() throws IOException, InterruptedException {
    JobProcess stranger =
        JobProcess.submit(
            List.of("--master", cluster.url()),
            new JobRunner(folder.resolve("strange")),
            "stranger",
            InLocalMode.SETTINGS);

    assertThat(stranger.await()).as(stranger.said()).isEqualTo(2);
    assertThat(stranger.said())
        .contains(cluster.url() + " takes no job from here", "--properties-file")
        .doesNotContain("\tat ");
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

    String password = setting("spark.io.syllabus.spark.session.PageGuard.param.password");
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
