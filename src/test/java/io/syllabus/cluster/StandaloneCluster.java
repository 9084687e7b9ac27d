package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.FreePort;
import io.syllabus.job.JobProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A standalone cluster as a user starts it, whose processes can be hurt. */
final class StandaloneCluster implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("spark://\\S+");

  private final Path folder;
  private final Map<String, String> environment;
  private final String url;

  private StandaloneCluster(Path folder, Map<String, String> environment, String url) {
    this.folder = folder;
    this.environment = environment;
    this.url = url;
  }

  /**
   * Starts Workers of one core each.
   *
   * @param folder that does not exist
   */
  static StandaloneCluster start(Path folder, int workers, String... options) throws IOException {
    return start(folder, workers, Map.of(), options);
  }

  /**
   * Starts Workers.
   *
   * @param environment of {@code cluster/standalone}, besides this process's
   */
  static StandaloneCluster start(
      Path folder, int workers, Map<String, String> environment, String... options)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--workers", String.valueOf(workers)));
    all.addAll(List.of("--port", String.valueOf(FreePort.find()), "--memory", "1g"));
    all.addAll(List.of(options));
    String said = standalone("start", folder, environment, all);
    Matcher found = URL.matcher(said);
    assertThat(found.find()).as(said).isTrue();
    return new StandaloneCluster(folder, environment, found.group());
  }

  /** What {@code --master} takes. */
  String url() {
    return url;
  }

  /**
   * What a job is submitted with whose processes are hurt: that an executor is dead or frozen is
   * seen after ten seconds in place of two minutes. A start may take as long as it takes.
   */
  List<String> submission(String... options) {
    List<String> all = new ArrayList<>(List.of("--master", url));
    all.addAll(List.of("--conf", "spark.executor.heartbeatInterval=1s"));
    all.addAll(List.of("--conf", "spark.network.timeoutInterval=2s"));
    all.addAll(List.of("--conf", "spark.storage.blockManagerHeartbeatTimeoutMs=10s"));
    all.addAll(List.of("--conf", "spark.shuffle.io.connectionTimeout=10s"));
    all.addAll(List.of(options));
    return all;
  }

  /** The executors that its Workers run, each the child of one. */
  List<ProcessHandle> executors() {
    return workers().stream()
        .flatMap(ProcessHandle::children)
        .filter(child -> child.info().commandLine().orElse("").contains("ExecutorBackend"))
        .toList();
  }

  /** The Workers. */
  List<ProcessHandle> workers() {
    return workerNames().flatMap(this::process).toList();
  }

  /** The Master. */
  ProcessHandle master() {
    return process("master").findFirst().orElseThrow();
  }

  /** Starts another Master where one was that is gone. */
  void startAnotherMaster() throws IOException {
    String port = url.substring(url.lastIndexOf(':') + 1);
    List<String> command = new ArrayList<>(List.of("cluster/spark-class"));
    command.addAll(List.of("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1"));
    command.addAll(List.of("--port", port, "--webui-port", String.valueOf(FreePort.find())));
    command.addAll(List.of("--properties-file", secureSettings().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("master/another.log").toFile());
    builder.environment().put("SPARK_DAEMON_JAVA_OPTS", JobProcess.QUICK);
    builder.environment().put("SPARK_DAEMON_CLASSPATH", "target/syllabus-job.jar");
    Files.writeString(folder.resolve("master/pid"), String.valueOf(builder.start().pid()));
  }

  private Stream<String> workerNames() {
    return Stream.of(folder.toFile().list((in, name) -> name.startsWith("worker-"))).sorted();
  }

  private Stream<ProcessHandle> process(String daemon) {
    try {
      String pid = Files.readString(folder.resolve(daemon).resolve("pid")).strip();
      return ProcessHandle.of(Long.parseLong(pid)).stream();
    } catch (IOException e) {
      throw new UncheckedIOException("There is no " + daemon, e);
    }
  }

  /** A daemon's log. */
  String log(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("log"));
  }

  /** What {@code --properties-file} takes where the cluster is a secure one. */
  Path secureSettings() {
    return folder.resolve("secure.conf");
  }

  /** What {@code cluster/standalone status} says. */
  String status() throws IOException {
    return standalone("status", folder, environment, List.of());
  }

  @Override
  public void close() throws IOException {
    standalone("stop", folder, environment, List.of());
  }

  private static String standalone(
      String action, Path folder, Map<String, String> environment, List<String> options)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of("cluster/standalone", action, "--folder", folder.toString()));
    command.addAll(options);
    Path output = Files.createTempFile("syllabus-", ".out");
    output.toFile().deleteOnExit();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // Daemons that are soon over spend most of their time on compiling, if they compile well.
    builder.environment().put("SPARK_DAEMON_JAVA_OPTS", JobProcess.QUICK);
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = ends(process);
    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private static boolean ends(Process process) {
    try {
      return process.waitFor(3, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
