package io.syllabus.natives;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.job.JobProcess;
import io.syllabus.job.JobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractListAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes that find other libraries of the same names first in LD_LIBRARY_PATH. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class NativesTest {
  private static final String LIBRARY_PATH = "LD_LIBRARY_PATH";
  // Where a distribution has its libraries, and Debian's OpenBLAS.
  private static final String MACHINE =
      "/usr/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu/openblas-pthread:/usr/lib64";

  @TempDir private static Path folder;
  private static Path natives;
  private static Path decoys;
  // Of a process that had to unpack them.
  private static String cold;

  @BeforeAll
  static void unpackAll() throws IOException, InterruptedException {
    natives = folder.resolve("natives");
    decoys = MappedLibraries.decoys(folder.resolve("decoys"));
    cold = maps(decoys.toString());
  }

  @Test
  void loadsOnlyWhatItHasUnpacked() {
    assertThatAllAreOurs(cold)
        .contains(
            "libturbojpeg.so",
            "libjnidispatch.so",
            "libopenblas.so.0",
            "libopenblas_nolapack.so.0",
            "libdnnl.so.2",
            "libnd4jcpu.so",
            "libgomp.so.1",
            "libgfortran.so.5",
            "libquadmath.so.0",
            "libhdf5.so.200");
  }

  @Test
  void takesWhatIsUnpackedBeforeWhatTheMachineHas() throws IOException, InterruptedException {
    assertThat(MappedLibraries.in(maps(MACHINE)))
        .containsExactlyInAnyOrderElementsOf(MappedLibraries.in(cold));
  }

  @Test
  void computesJobsWithOurOwn() throws IOException, InterruptedException {
    JobRunner jobs = new JobRunner(folder.resolve("store"));
    Map<String, String> environment =
        Map.of(LIBRARY_PATH, decoys + ":" + MACHINE, UnpackFolder.VARIABLE, natives.toString());

    JobProcess job = JobProcess.submit(List.of(), environment, jobs, "decoys");
    job.awaitWords("cycle 0: epoch 1 of");
    String maps = job.maps();
    job.kill();

    assertThatAllAreOurs(maps).contains("libnd4jcpu.so", "libdnnl.so.2", "libgomp.so.1");
    assertThat(Files.readString(folder.resolve("store/runs/decoys/log.txt")))
        .containsOnlyOnce("Native libraries are our own, unpacked to " + natives)
        .containsPattern("ND4J 1[^ ]+, OpenBLAS 0[^ ]+, oneDNN 2[^ ]+, .*, libjpeg-turbo 2\\.0");
  }

  private static AbstractListAssert<?, List<? extends String>, String, ?> assertThatAllAreOurs(
      String maps) {
    List<Path> mapped = MappedLibraries.in(maps);
    assertThat(mapped).isNotEmpty().allSatisfy(file -> assertThat(file).startsWith(natives));
    return assertThat(mapped.stream().map(file -> file.getFileName().toString()).toList());
  }

  /** Else what has no room would be sought on the machine. */
  @Test
  void loadsNothingWhereThereIsNoRoomToUnpackAll() throws IOException, InterruptedException {
    try (Mounted small = Mounted.at(folder.resolve("small"), "exec")) {
      JobRunner.End end = load(small.folder(), MACHINE);

      assertThat(end.exitCode()).isOne();
      assertThat(end.said())
          .contains(
              "Native libraries have nowhere to be unpacked: "
                  + small.folder()
                  + " does not take them (No space left on device). Set the environment variable");
    }
  }

  // Of a process that has loaded them all.
  private static String maps(String libraryPath) throws IOException, InterruptedException {
    JobRunner.End end = load(natives, libraryPath);
    assertThat(end.exitCode()).as(end.said()).isZero();
    return end.said();
  }

  private static JobRunner.End load(Path natives, String libraryPath)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(LoadsAllNatives.class.getName());
    ProcessBuilder process = new ProcessBuilder(command);
    process.environment().put(LIBRARY_PATH, libraryPath);
    process.environment().put(UnpackFolder.VARIABLE, natives.toString());
    return JobRunner.End.of(process);
  }
}
