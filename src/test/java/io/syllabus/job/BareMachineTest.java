package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that lack what most have: names for themselves and their users, IPv4, a folder. */
class BareMachineTest {
  // It keeps root's right to read what lies in root's folders, and no other.
  private static final String AS_A_NUMBER =
      "exec setpriv --reuid 12345 --regid %s --clear-groups --inh-caps"
          + " +dac_override,+dac_read_search --ambient-caps +dac_override,+dac_read_search \"$@\"";

  @TempDir private Path folder;

  @Test
  void trainsWhereNeitherTheMachineNorTheUserHasANameAndIpv4IsMissing() throws Exception {
    List<String> machine =
        machine(
            "--net --uts",
            "hostname no-such-host",
            "ip link set lo up",
            "ip addr del 127.0.0.1/8 dev lo",
            String.format(AS_A_NUMBER, "12345"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    JobRunner jobs = new JobRunner(folder.resolve("store"));

    Path work = folder.resolve("store/work");
    Path left = Files.createDirectories(work.resolve("blockmgr-of-a-killed-process"));

    JobProcess run = JobProcess.selfTrainOn(machine, jobs, "bare", "curriculum.step-percent=100");
    run.awaitWords("Ingested");

    assertThat(work).isDirectoryContaining("glob:**/blockmgr-*");
    assertThat(left).doesNotExist();
    assertThat(run.await()).as(run.said()).isZero();
    assertThat(work).doesNotExist();
    assertThat(run.said()).startsWith("Run bare, ");
    assertThat(folder.resolve("store/lock").toFile().listFiles())
        .singleElement()
        .satisfies(lock -> assertThat(lock).content().contains("user-12345"));
    assertThat(Path.of("?")).as("a home of an unknown name").doesNotExist();
  }

  @Test
  void isNotSubmittedFromWhereTheMachineOrTheUserHasNoName() throws Exception {
    assertThat(submitted(machine("--uts", "hostname no-such-host", "exec \"$@\"")))
        .isEqualTo(
            new JobRunner.End(
                2,
                "This machine's name, no-such-host, stands for no address: add it to /etc/hosts,"
                    + " or set SPARK_LOCAL_IP to the address that the cluster reaches this machine"
                    + " by\n"));
    assertThat(submitted(machine("--uts", String.format(AS_A_NUMBER, "12345"))))
        .isEqualTo(
            new JobRunner.End(
                2,
                "User id 12345 has no name here, which spark-submit asks for: add a line for it to"
                    + " /etc/passwd\n"));
  }

  @Test
  void saysThatAFileSystemCanOnlyBeRead() throws Exception {
    JobProcess run =
        JobProcess.selfTrainOn(
            machine("--mount", "mount -t tmpfs -o ro none " + folder, "exec \"$@\""),
            new JobRunner(folder.resolve("store")),
            "bare");

    assertThat(run.await()).as(run.said()).isOne();
    assertThat(run.said())
        .isEqualTo(
            "A file system can only be read (%1$s/store: Read-only file system): have it mounted"
                + " for writing, or name another folder and start again; what was written before is"
                + " intact\nThe log has the details: %2$s/syllabus/self-train.log\n",
            folder, JobProcess.STATE);
  }

  @Test
  void saysThatNoMoreFilesCanBeOpen() throws Exception {
    List<String> machine = List.of("bash", "-c", "ulimit -n 256; exec \"$@\"", "bash");
    JobProcess run =
        JobProcess.selfTrainOn(machine, new JobRunner(folder.resolve("store")), "bare");

    assertThat(run.await()).as(run.said()).isOne();
    assertThat(run.said()).contains("No more files can be open at once (", "ulimit -n 4096");
  }

  @Test
  void aContainerNamesItsUserWhereItMay() throws Exception {
    Path users = Files.copy(Path.of("/etc/passwd"), folder.resolve("passwd"));
    List<String> command =
        new ArrayList<>(
            machine(
                "--mount",
                "chmod g=u " + users,
                "mount --bind " + users + " /etc/passwd",
                String.format(AS_A_NUMBER, "0")));
    command.addAll(List.of("cluster/kubernetes/entrypoint", "id", "-un"));

    assertThat(JobRunner.End.of(new ProcessBuilder(command)))
        .isEqualTo(new JobRunner.End(0, "user-12345\n"));
  }

  @Test
  void readsHadoopsConfigurationWhereItIsNamed() throws Exception {
    Files.writeString(
        folder.resolve("core-site.xml"),
        "<configuration><property>"
            + "<name>fs.viewfs.mounttable.images.link./store</name>"
            + "<value>file:"
            + Files.createDirectory(folder.resolve("store"))
            + "</value></property></configuration>");

    JobRunner.End runs = runs(folder);

    assertThat(runs.exitCode()).as(runs.said()).isZero();
    assertThat(runs.said()).contains("viewfs://images/store");
  }

  @Test
  void namesAFolderOfHadoopsConfigurationThatIsNotThere() throws Exception {
    assertThat(runs(Path.of("/no/such/folder")))
        .isEqualTo(
            new JobRunner.End(
                2,
                "HADOOP_CONF_DIR = /no/such/folder is no folder: name the one that has"
                    + " core-site.xml, or unset it\n"));
  }

  private static JobRunner.End runs(Path hadoop) throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder("jobs/runs", "--store", "viewfs://images/store");
    command.environment().putAll(Map.of("HADOOP_CONF_DIR", hadoop.toString()));
    return JobRunner.End.of(command);
  }

  private static JobRunner.End submitted(List<String> machine)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(machine);
    command.addAll(List.of("jobs/runs", "--master", "spark://10.0.0.1:7077"));
    return JobRunner.End.of(new ProcessBuilder(command));
  }

  /**
   * The begin of a command that runs on a machine of its own.
   *
   * @param own what it shares with nothing else, as {@code unshare} has it
   * @param steps of a shell, of which the last one runs the rest of the command
   */
  private static List<String> machine(String own, String... steps) throws Exception {
    List<String> command = new ArrayList<>(List.of("unshare"));
    command.addAll(List.of(own.split(" ", -1)));
    List<String> attempt = new ArrayList<>(command);
    attempt.add("true");
    assumeTrue(
        "root".equals(System.getProperty("user.name"))
            && JobRunner.End.of(new ProcessBuilder(attempt)).exitCode() == 0,
        "skipped: takes root, and a kernel that gives processes namespaces of their own");
    command.addAll(List.of("sh", "-ec", String.join("\n", steps), "sh"));
    return command;
  }
}
