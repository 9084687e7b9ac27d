package io.syllabus.spark.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.data.BadDataException;
import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredTableTest {
  private static final String LOSS = "it is lost";

  @TempDir private static Path whole;
  @TempDir private Path folder;
  private static SparkSession spark;
  private Path table;

  @BeforeAll
  static void writeTwoVersions() {
    spark = LocalSpark.session();
    for (int version = 0; version < 2; version++) {
      spark
          .range(10L * (version + 1))
          .coalesce(1)
          .write()
          .format("delta")
          .mode(SaveMode.Append)
          .save(whole.resolve("labels").toString());
    }
  }

  @BeforeEach
  void copy() throws IOException {
    table = folder.resolve("labels");
    FileUtils.copyDirectory(whole.resolve("labels").toFile(), table.toFile());
  }

  @Test
  void findsNothingInWhatIsWholeOrAbsent() {
    assertThat(stored().exists()).isTrue();
    assertThatCode(() -> stored().requireIntact(LOSS)).doesNotThrowAnyException();
    StoredTable absent = new StoredTable(spark, folder.resolve("none").toString());
    assertThat(absent.exists()).isFalse();
    assertThatCode(() -> absent.requireIntact(LOSS)).doesNotThrowAnyException();
  }

  @Test
  void namesACommitThatIsCutEmptyOrMissing() throws IOException {
    Path last = table.resolve("_delta_log/00000000000000000001.json");
    byte[] text = Files.readAllBytes(last);
    Files.write(last, Arrays.copyOf(text, text.length - 20));
    assertRefused(last + " is cut or overwritten in line 2");
    Files.write(last, new byte[0]);
    assertRefused(last + " is empty");
    Files.write(last, text);
    Path first = table.resolve("_delta_log/00000000000000000000.json");
    Files.delete(first);
    assertRefused(first + " is missing");
  }

  @Test
  void namesADataFileThatIsMissingCutOrOverwritten() throws IOException {
    Path data = dataFile();
    byte[] bytes = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(bytes, 100));
    assertRefused(String.format("%s has 100 bytes instead of %d", data, bytes.length));
    Files.write(data, new byte[bytes.length]);
    assertRefused(data + " does not match its checksum");
    Files.delete(data.resolveSibling("." + data.getFileName() + ".crc"));
    assertRefused(data + " is no whole Parquet file");
    Files.delete(data);
    assertRefused(data + " is missing");
  }

  private void assertRefused(String damage) {
    assertThatThrownBy(() -> stored().requireIntact(LOSS))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "The table file:"
                + table
                + " is damaged: file:"
                + damage
                + ". Bring back what is missing from a copy of the store, or move the folder away:"
                + " it is lost");
  }

  private StoredTable stored() {
    return new StoredTable(spark, "file:" + table);
  }

  private Path dataFile() throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }
}
