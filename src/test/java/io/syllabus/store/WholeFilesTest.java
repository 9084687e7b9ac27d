package io.syllabus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFilesTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  @Test
  void writesOverWhatIsThereAndLeavesNothingElse() throws IOException {
    String file = folder.resolve("new/one").toString();
    assertThat(WholeFiles.find(file, HADOOP)).isEmpty();
    WholeFiles.write(file, bytes("first"), HADOOP);
    WholeFiles.write(file, bytes("second"), HADOOP);
    assertThat(WholeFiles.read(file, HADOOP)).isEqualTo("second");
    assertThat(WholeFiles.find(file, HADOOP)).hasValue("second");
    try (Stream<Path> files = Files.list(folder.resolve("new"))) {
      assertThat(files).containsExactly(folder.resolve("new/one"));
    }
  }

  @Test
  void keepsTheOldFileWhereTheNewOneFails() throws IOException {
    String file = folder.resolve("one").toString();
    WholeFiles.write(file, bytes("first"), HADOOP);
    assertThatThrownBy(
            () ->
                WholeFiles.write(
                    file,
                    out -> {
                      out.write(bytes("half"));
                      throw new IOException("cut off");
                    },
                    HADOOP))
        .isInstanceOf(IOException.class)
        .hasMessage("cut off");
    assertThat(WholeFiles.read(file, HADOOP)).isEqualTo("first");
  }

  @Test
  void removesTheChecksumThatAnotherProgramLeft() throws IOException {
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(folder.resolve("one").toString());
    try (var out = file.getFileSystem(HADOOP).create(file)) {
      out.write(bytes("with a checksum"));
    }
    assertThat(folder.resolve(".one.crc")).exists();
    WholeFiles.write(file.toString(), bytes("another content"), HADOOP);
    try (var in = file.getFileSystem(HADOOP).open(file)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes("another content"));
    }
  }

  @Test
  void createsOnlyWhatIsNotThere() throws IOException {
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(folder.resolve("new/one").toString());
    assertThat(WholeFiles.create(file, bytes("first"), HADOOP)).isTrue();
    assertThat(WholeFiles.create(file, bytes("second"), HADOOP)).isFalse();
    assertThat(WholeFiles.read(file.toString(), HADOOP)).isEqualTo("first");
  }

  @Test
  void deletesFoldersAndWhatIsNotThere() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/c"), "x");
    WholeFiles.delete(folder.resolve("a").toString(), HADOOP);
    WholeFiles.delete(folder.resolve("a").toString(), HADOOP);
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void clearsAFolderButForOneFile() throws IOException {
    Files.createDirectories(folder.resolve("run/cycle-0"));
    Files.writeString(folder.resolve("run/log.txt"), "said");
    Files.writeString(folder.resolve("run/run.json"), "{}");
    WholeFiles.clear(folder.resolve("run").toString(), "log.txt", HADOOP);
    WholeFiles.clear(folder.resolve("none").toString(), "log.txt", HADOOP);
    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      assertThat(files).containsExactly(folder.resolve("run/log.txt"));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
