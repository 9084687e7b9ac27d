package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.job.JobProcess;
import io.syllabus.job.JobRunner;
import io.syllabus.spark.session.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources and store on a server that speaks S3. */
@Tag("cluster")
class S3Test {
  private static final String STORE = "s3a://images/store";
  private static final String SECRET = "nobody-shall-read-this";

  @TempDir private static Path folder;
  private static S3Server server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = S3Server.start(folder.resolve("s3"), "images");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    server.stop();
  }

  @Test
  void oneOfTwoGoesOnIsKilledAndEndsTheSameOnAClusterAndTellsNoSecret()
      throws IOException, InterruptedException {
    JobProcess run = theOneThatGoesOn(selfTrain(), selfTrain());
    run.awaitWords("cycle 1: epoch 3 of");
    assertThat(run.isAlive()).as(run.said()).isTrue();
    run.kill();

    JobProcess rest;
    try (StandaloneCluster cluster = StandaloneCluster.start(folder.resolve("cluster"), 2)) {
      rest = submit(cluster);
      assertThat(rest.await()).as(rest.said()).isZero();
    }
    assertThat(rest.said())
        .contains("Run s3 goes on, " + STORE)
        .doesNotContain("cycle 0: epoch", "cycle 1: epoch 2 of");
    Path copy = folder.resolve("copy");
    InLocalMode.assertSame(STORE, hadoop(), copy, "s3");

    assertThat(run.said() + rest.said()).doesNotContain(SECRET);
    assertThat(filesThatContain(SECRET, copy)).isEmpty();
    Path log = JobProcess.STATE.resolve("syllabus/self-train.log");
    assertThat(Files.readString(log)).contains("INFO").doesNotContain(SECRET);
  }

  @Test
  void aBucketThatIsNotThereIsNamed() throws IOException, InterruptedException {
    JobProcess run = selfTrain("nowhere", "s3a://nowhere/store");

    assertThat(run.await()).as(run.said()).isOne();
    assertThat(run.said())
        .startsWith("The storage refuses or does not answer (")
        .contains("s3a://nowhere/store", "The specified bucket does not exist.)")
        .hasLineCount(2);
  }

  /** Of two that started at the same time, while it goes on. */
  private static JobProcess theOneThatGoesOn(JobProcess one, JobProcess other)
      throws IOException, InterruptedException {
    while (one.isAlive() && other.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    JobProcess ended = one.isAlive() ? other : one;
    assertThat(ended.await()).as(one.said() + other.said()).isEqualTo(5);
    assertThat(ended.said()).contains("is in use: run s3 of ");
    return one.isAlive() ? one : other;
  }

  private static JobProcess selfTrain() throws IOException {
    return selfTrain("s3", STORE);
  }

  /** Goes on in executors, which spark-submit tells of the server. */
  private static JobProcess submit(StandaloneCluster cluster) throws IOException {
    List<String> options = new ArrayList<>(List.of("--master", cluster.url()));
    server.settings(SECRET).forEach(setting -> options.addAll(List.of("--conf", setting)));
    return JobProcess.submit(
        options,
        new JobRunner(folder),
        "s3",
        ArrayUtils.add(InLocalMode.SETTINGS, "store=" + STORE));
  }

  private static JobProcess selfTrain(String runId, String store) throws IOException {
    List<String> settings =
        Stream.of(
                Stream.of(InLocalMode.SETTINGS),
                server.settings(SECRET).stream(),
                Stream.of("store=" + store))
            .flatMap(some -> some)
            .toList();
    return JobProcess.selfTrain(new JobRunner(folder), runId, settings.toArray(String[]::new));
  }

  private static Configuration hadoop() {
    return Sessions.hadoop(
        server.settings(SECRET).stream()
            .map(setting -> setting.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
  }

  private static List<Path> filesThatContain(String words, Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).filter(file -> text(file).contains(words)).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
