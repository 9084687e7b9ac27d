package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir private Path folder;

  @Test
  void liesInTheFolderOfTheRun() {
    Path log = store().resolve("runs/nightly/log.txt");

    assertThat(LogFile.ofRun(store().toString(), "nightly")).isEqualTo(log);
    assertThat(LogFile.ofRun("file:" + store(), "nightly")).isEqualTo(log);
    assertThat(LogFile.ofRun("file://" + store(), "nightly")).isEqualTo(log);
    assertThat(store()).doesNotExist();
  }

  @Test
  void isTheUsersWhereARunsFolderIsOnNoLocalDiskOrCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(LogFile.ofRun("s3a://bucket/store", "nightly"))
        .isEqualTo(LogFile.ofJob("self-train"));
    assertThat(LogFile.ofRun(file + "/store", "nightly")).isEqualTo(LogFile.ofJob("self-train"));
  }

  @Test
  void liesWhereTheUsersProgramsKeepTheirs() {
    assertThat(LogFile.ofJob("labels", Map.of("HOME", folder.toString())))
        .isEqualTo(folder.resolve(".local/state/syllabus/labels.log"));
    assertThat(LogFile.ofJob("labels", Map.of("XDG_STATE_HOME", folder.toString(), "HOME", "/")))
        .isEqualTo(folder.resolve("syllabus/labels.log"));
  }

  @Test
  void liesInATemporaryFolderOfTheUsersWhereTheUsualOneCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path log =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "syllabus-" + System.getProperty("user.name"),
            "labels.log");

    assertThat(LogFile.ofJob("labels", Map.of("HOME", file.toString()))).isEqualTo(log);
    assertThat(LogFile.ofJob("labels", Map.of("HOME", "?"))).isEqualTo(log);
  }

  @Test
  void doesNotGrowWithoutBound() throws Exception {
    System.setProperty("syllabus.log", folder.resolve("labels.log").toString());
    URI configuration = Path.of("src/main/resources/log4j2.xml").toUri();
    try (LoggerContext context = new LoggerContext("bound", null, configuration)) {
      context.start();
      String line = "x".repeat(1 << 20);
      for (int megabyte = 0; megabyte < 100; megabyte++) {
        context.getLogger("library").info(line);
      }
    } finally {
      System.clearProperty("syllabus.log");
    }

    assertThat(FileUtils.sizeOfDirectory(folder.toFile())).isBetween(40L << 20, 65L << 20);
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("labels.log", "labels.log.1", "labels.log.2");
  }

  @Test
  void holdsWhatAFailedRunSaidAndWhereItFailed() throws Exception {
    assertThat(failedRun())
        .contains("nowhere does not exist")
        .doesNotContain("\tat ", "WARN", Noise.WORDS);
    assertThat(Files.readString(log()))
        .contains("nowhere does not exist", "\tat io.syllabus.", Noise.WORDS);
  }

  @Test
  void isLeftOutWithoutAWordWhereTheDiskIsFull() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "skipped: this system has no /dev/full");
    Files.createDirectories(log().getParent());
    Files.createSymbolicLink(log(), full);

    assertThat(failedRun()).contains("nowhere does not exist").doesNotContain("\tat ", "ERROR");
  }

  /** In a JVM of its own, as the launchers start it: logging is set up once a JVM. */
  private String failedRun() throws IOException, InterruptedException {
    String classpath =
        String.join(
            ":",
            "target/classes",
            "target/test-classes",
            Files.readString(Path.of("target/job.classpath")).strip(),
            Files.readString(Path.of("target/spark.classpath")).strip());
    JobRunner.End end =
        JobRunner.End.of(
            new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@jobs/java.options",
                "-Dlog4j2.configurationFile=log4j2.xml",
                "-Dsyllabus.terminal=false",
                "-cp",
                classpath,
                SelfTrain.class.getName(),
                "--run=bad",
                "--set=store=" + store(),
                "--set=spark.master=local[1]",
                "--set=spark.ui.enabled=false",
                "--set=spark.extraListeners=" + Noise.class.getName(),
                "--set=data.labeled=" + folder.resolve("nowhere"),
                "--set=data.unlabeled=" + folder));
    assertThat(end.exitCode()).as(end.said()).isEqualTo(3);
    return end.said();
  }

  private Path store() {
    return folder.resolve("store");
  }

  private Path log() {
    return store().resolve("runs/bad/log.txt");
  }

  /** What prints to the error stream in Spark. */
  public static final class Noise extends SparkListener {
    static final String WORDS = "a thread could not go on";

    @Override
    public void onApplicationStart(SparkListenerApplicationStart start) {
      System.err.println(WORDS);
    }
  }
}
