package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that a job may not look into: in a process without root's right to do so all the same.
 */
class NoPermissionTest {
  @TempDir private Path folder;

  @AfterEach
  void open() throws IOException {
    allow(folder.resolve("store"), "rwxr-xr-x");
    allow(folder.resolve("store/runs"), "rwxr-xr-x");
  }

  @Test
  void runsDoesNotTakeWhatItMayNotSeeForAbsent() throws Exception {
    Path runs = Files.createDirectories(folder.resolve("store/runs"));
    Files.createDirectory(runs.resolve("a"));
    Files.writeString(runs.resolve("a/run.json"), "{}");
    allow(runs, "---------");
    assertRefused(runs, runs());
    // Its names can be read, and what they are the names of cannot.
    allow(runs, "r--r--r--");
    assertRefused(runs, runs());
    allow(folder.resolve("store"), "---------");
    assertRefused(runs, runs());
    allow(folder.resolve("store"), "rwxr-xr-x");
    allow(runs, "rwxr-xr-x");
    allow(runs.resolve("a/run.json"), "---------");
    assertRefused(runs.resolve("a/run.json"), runs());
  }

  private static void assertRefused(Path path, JobRunner.End end) {
    assertThat(end.said())
        .contains(
            "The user of this process has no permission (file:" + path + ": Permission denied)");
    assertThat(end.exitCode()).isEqualTo(1);
  }

  private JobRunner.End runs() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      assumeTrue(
          Files.isExecutable(Path.of("/usr/bin/setpriv")), "root needs setpriv to lose its rights");
      command.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JobProcess.QUICK.split(" ")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Runs.class.getName()));
    command.addAll(List.of("--store", folder.resolve("store").toString()));
    return JobRunner.End.of(new ProcessBuilder(command));
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
