package io.syllabus.spark.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTest {
  @TempDir private Path table;

  @Test
  void keepsItsTimeWhereTheStoreIsCopiedWithoutTheTimesOfItsFiles() throws IOException {
    SparkSession spark = LocalSpark.session();
    Instant before = Instant.now().minusMillis(1);
    for (int version = 0; version < 3; version++) {
      var rows = spark.range(1).write().format("delta").mode(SaveMode.Overwrite);
      // Whoever optimizes a table by hand leaves commits without a mark.
      (version == 1 ? rows : rows.option("userMetadata", "mark " + version)).save(table.toString());
    }
    Instant after = Instant.now();
    Instant copied = after.plusSeconds(86_400);
    for (int version = 0; version < 3; version++) {
      Path log = table.resolve(String.format("_delta_log/%020d.json", version));
      Files.setLastModifiedTime(log, FileTime.from(copied));
    }

    List<Commit> commits = Commit.of(spark, table.toString());

    assertThat(commits).extracting(Commit::version).containsExactly(2L, 0L);
    assertThat(commits).extracting(Commit::mark).containsExactly("mark 2", "mark 0");
    assertThat(commits).allSatisfy(commit -> assertThat(commit.at()).isBetween(before, after));
    assertThat(commits.get(0).at()).isAfter(commits.get(1).at());
  }
}
