package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launchers, with a Java that only says how it was called. */
class LauncherTest {
  @TempDir private Path folder;
  private Path home;

  @BeforeEach
  void installBesideASpaceWithoutSources() throws IOException {
    home = folder.resolve("in a folder/syllabus");
    for (String part : List.of("jobs", "cluster")) {
      Files.createDirectories(home.resolve(part));
      try (Stream<Path> files = Files.list(Path.of(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, home.resolve(file));
        }
      }
    }
    java("17.0.9");
  }

  static Stream<Path> launchers() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("jobs"))) {
      return files
          .filter(file -> Files.isExecutable(file) && Files.isRegularFile(file))
          .filter(file -> !file.endsWith("launch") && !file.endsWith("benchmark"))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("launchers")
  void worksBehindALinkToALink(Path launcher) throws Exception {
    Path links = Files.createDirectories(folder.resolve("links"));
    Path job = home.resolve(launcher);
    Files.createSymbolicLink(links.resolve("one"), links.relativize(job));
    Path link = Files.createSymbolicLink(links.resolve("other"), Path.of("one"));

    JobRunner.End end = launch(Map.of(), link.toString(), "--option", "a b");
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said().lines())
        .contains("@" + home.toRealPath() + "/jobs/java.options")
        .endsWith("--option", "a b");
  }

  @Test
  void scriptsOfTheClusterWorkBehindLinks() throws Exception {
    for (String script : List.of("standalone", "spark-class")) {
      Path link =
          Files.createSymbolicLink(folder.resolve(script), home.resolve("cluster/" + script));
      assertThat(launch(Map.of(), link.toString(), "help").said())
          .doesNotContain("No such file")
          .contains(script.equals("standalone") ? "takes start, status or stop" : "launcher.Main");
    }
  }

  @ParameterizedTest
  @CsvSource({"25.0.1, 25", "11.0.2, 11", "1.8.0_292, 1"})
  void asksForJava17(String version, String found) throws Exception {
    java(version);
    for (String script : List.of("jobs/runs", "cluster/spark-class")) {
      JobRunner.End end = launch(Map.of(), home.resolve(script).toString(), "x");
      assertThat(end.exitCode()).isEqualTo(ExitCode.WRONG_SETTINGS);
      assertThat(end.said())
          .startsWith("Java 17 is needed, found " + found + " at ")
          .endsWith(": name the folder of a Java 17 with JAVA_HOME\n");
    }
  }

  @Test
  void saysThatThereIsNoJava() throws Exception {
    assertRefused(
        launch(Map.of("JAVA_HOME", "/nowhere"), home.resolve("jobs/runs").toString()),
        "There is no Java at /nowhere/bin/java: install Java 17, and name its folder with JAVA_HOME");
  }

  @Test
  void saysThatSparkHomeHasNoSpark() throws Exception {
    assertRefused(
        launch(
            Map.of("SPARK_HOME", folder.toString()),
            home.resolve("jobs/runs").toString(),
            "--master",
            "spark://host:7077"),
        "SPARK_HOME has no Spark 3.5 for Scala 2.12, found: "
            + folder
            + "; without it, the Spark that Syllabus brings is taken");
  }

  @Test
  void refusesAnOptionWithoutAValue() throws Exception {
    String runs = home.resolve("jobs/runs").toString();
    assertRefused(launch(Map.of(), runs, "--master"), "--master takes a value");
    assertRefused(launch(Map.of(), runs, "--conf", ""), "--conf takes a value");
  }

  @Test
  void refusesAnOptionInPlaceOfAClass() throws Exception {
    String launch = home.resolve("jobs/launch").toString();
    assertRefused(
        launch(Map.of(), launch), "jobs/launch takes the name of a class first, found: nothing");
    assertRefused(
        launch(Map.of(), launch, "--help"),
        "jobs/launch takes the name of a class first, found: --help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "POSIX", "xx_YY.UTF-8", "de_DE.ISO-8859-1"})
  void givesJavaALocaleOfUtf8(String locale) throws Exception {
    Map<String, String> environment = locale.isEmpty() ? Map.of() : Map.of("LC_ALL", locale);
    assertThat(launch(environment, home.resolve("jobs/runs").toString()).said())
        .containsPattern("(?m)^charmap UTF-8$");
  }

  @Test
  void leavesAnotherLocaleOfUtf8AsItIs() throws Exception {
    assertThat(launch(Map.of("LC_ALL", "C.utf8"), home.resolve("jobs/runs").toString()).said())
        .containsPattern("(?m)^LC_ALL C.utf8$");
  }

  private static void assertRefused(JobRunner.End end, String sentence) {
    assertThat(end).isEqualTo(new JobRunner.End(ExitCode.WRONG_SETTINGS, sentence + "\n"));
  }

  private void java(String version) throws IOException {
    Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        "#!/bin/sh\n"
            + "[ \"$1\" != -version ] || { echo 'openjdk version \""
            + version
            + "\" 2026-01-20' >&2; exit; }\n"
            + "echo \"charmap $(locale charmap)\"\necho \"LC_ALL $LC_ALL\"\nprintf '%s\\n' \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  // As cron calls it: with next to nothing in the environment.
  private JobRunner.End launch(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().putAll(environment);
    return JobRunner.End.of(builder);
  }
}
