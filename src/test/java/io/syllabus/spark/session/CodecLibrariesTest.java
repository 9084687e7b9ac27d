package io.syllabus.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import io.syllabus.job.JobRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

class CodecLibrariesTest {
  @TempDir private Path folder;

  @Test
  void areUnpackedElsewhereWhereNothingMayRunInTheTemporaryFolder() throws Exception {
    assumeTrue(
        "root".equals(System.getProperty("user.name"))
            && JobRunner.End.of(new ProcessBuilder("unshare", "--mount", "true")).exitCode() == 0,
        "skipped: takes root, and a kernel that gives processes mounts of their own");
    List<String> command =
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-ec",
            "mount -t tmpfs -o noexec none " + folder + "\nexec \"$@\"",
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            Compression.class.getName());

    assertThat(JobRunner.End.of(new ProcessBuilder(command)).said()).endsWith("compressed\n");
  }

  /** Compresses with what tables and shuffles are compressed with. */
  static final class Compression {
    public static void main(String[] arguments) throws IOException {
      CodecLibraries.settle();
      byte[] bytes = new byte[1000];
      if (Snappy.compress(bytes).length + Zstd.compress(bytes).length < bytes.length) {
        System.out.println("compressed");
      }
    }
  }
}
