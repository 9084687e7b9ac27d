package io.syllabus.spark.shard;

import static io.syllabus.spark.shard.TestShards.HADOOP;
import static io.syllabus.spark.shard.TestShards.entry;
import static io.syllabus.spark.shard.TestShards.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelFileTest {
  @TempDir private Path folder;

  @Test
  void readsAtRandomWhatWasWritten() throws IOException {
    PixelFile file = write(5);

    assertThat(file.entries(HADOOP))
        .containsExactly(entry(0), entry(1), entry(2), entry(3), entry(4));
    try (PixelFile.Reader reader = new PixelFile.Reader(file, HADOOP)) {
      byte[] pixels = new byte[file.recordBytes()];
      for (int record : new int[] {4, 0, 2, 2, 1}) {
        reader.read(record, pixels);
        assertThat(pixels).isEqualTo(image(record));
      }
      assertThatThrownBy(() -> reader.read(5, pixels))
          .isInstanceOf(EOFException.class)
          .hasMessage(file.path() + " ends before record 5");
    }
  }

  @Test
  void leavesNothingBehindWithoutACommit() throws IOException {
    PixelFile file = TestShards.file(folder);
    try (PixelFile.Writer writer = new PixelFile.Writer(file, HADOOP)) {
      writer.add(entry(0), image(0));
    }

    assertThat(folder.resolve("pixels")).isEmptyDirectory();
    assertThatThrownBy(() -> file.entries(HADOOP)).isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void keepsWhatWasCommittedWhenASecondWriterGivesUp() throws IOException {
    PixelFile file = write(2);
    try (PixelFile.Writer writer = new PixelFile.Writer(file, HADOOP)) {
      writer.add(entry(7), image(7));
    }

    assertThat(file.entries(HADOOP)).containsExactly(entry(0), entry(1));
  }

  @Test
  void isReplacedByATaskThatRunsAgain() throws IOException {
    write(3);

    assertThat(write(2).entries(HADOOP)).containsExactly(entry(0), entry(1));
  }

  @Test
  void holdsAShardWithoutImages() throws IOException {
    assertThat(write(0).entries(HADOOP)).isEmpty();
  }

  private PixelFile write(int images) throws IOException {
    TestShards.share(folder, images);
    return TestShards.file(folder);
  }
}
