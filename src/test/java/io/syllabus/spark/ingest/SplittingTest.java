package io.syllabus.spark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.data.ClassChoice;
import io.syllabus.data.SourceRole;
import io.syllabus.data.SplitRule;
import io.syllabus.spark.LocalSpark;
import io.syllabus.spark.shard.Sharding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplittingTest {
  private static final StructType EXAMPLE =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("shard", DataTypes.IntegerType)
          .add("role", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("checksum", DataTypes.StringType);
  private static final SplitRule RULE = new SplitRule(3, 2, 4, 0.2);

  @TempDir private Path folder;

  @Test
  void takesExactCountsOfEachClass() {
    Map<String, Long> counts =
        split(examples(4), 1, RULE).stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.getAs("truth") + " " + row.getAs("split"), Collectors.counting()));

    // Of each class there are 10 labeled images and 2 test images, and 5 images have no class.
    assertThat(counts)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("cat labeled", 3L),
                Map.entry("cat validation", 2L),
                Map.entry("cat pool", 4L),
                Map.entry("cat unused", 1L),
                Map.entry("cat test", 2L),
                Map.entry("dog labeled", 3L),
                Map.entry("dog validation", 2L),
                Map.entry("dog pool", 4L),
                Map.entry("dog unused", 1L),
                Map.entry("dog test", 2L),
                Map.entry("null pool", 5L)));
  }

  @Test
  void hidesTheLabelsOfThePoolAndKeepsTheirTruth() {
    for (Row row : split(examples(4), 1, RULE)) {
      String truth = row.getAs("truth");
      if (row.getAs("split").equals("pool")) {
        assertThat(row.<String>getAs("label")).isNull();
        assertThat(truth == null).isEqualTo(row.getAs("role").equals("unlabeled"));
      } else {
        assertThat(row.<String>getAs("label")).isEqualTo(truth).isNotNull();
      }
    }
  }

  @Test
  void dependsOnTheSeedAlone() {
    String examples = examples(4);
    Map<String, String> first = byId(split(examples, 1, RULE));

    assertThat(byId(split(examples, 1, RULE))).isEqualTo(first);
    assertThat(byId(split(examples, 2, RULE))).isNotEqualTo(first);
    assertThat(byId(split(examples(7), 1, RULE))).isEqualTo(first);
  }

  @Test
  void trainsOnAllThatValidationLeavesWhenNoCountIsGiven() {
    Map<String, Long> counts =
        split(examples(4), 1, new SplitRule(0, 0, 0, 0.2)).stream()
            .filter(row -> row.getAs("role").equals("labeled"))
            .collect(
                Collectors.groupingBy(row -> row.<String>getAs("split"), Collectors.counting()));

    assertThat(counts).isEqualTo(Map.of("validation", 4L, "labeled", 16L));
  }

  @Test
  void whatPeopleSaidGoesOverFoldersAndMakesImagesOfThePoolTrainingImages() {
    StructType said =
        new StructType()
            .add("checksum", DataTypes.StringType)
            .add("reviewed", DataTypes.StringType);
    Dataset<Row> reviewed =
        LocalSpark.session()
            .createDataFrame(
                List.of(
                    RowFactory.create("unlabeled cat/2", "dog"),
                    RowFactory.create("test dog/0", "cat"),
                    RowFactory.create("of no image", "cat")),
                said);
    List<Row> rows = split(examples(4), 1, RULE, new ClassChoice(Set.of(), Set.of()), reviewed);
    assertThat(rows).hasSize(29);
    List<String> pool =
        rows.stream()
            .filter(row -> row.getAs("role").equals("unlabeled"))
            .map(row -> row.getAs("id") + " " + row.getAs("split") + " " + row.getAs("label"))
            .sorted()
            .toList();
    assertThat(pool)
        .containsExactly(
            "cat/0 pool null",
            "cat/1 pool null",
            "cat/2 labeled dog",
            "cat/3 pool null",
            "cat/4 pool null");
    // Of another source it is the class that changes, not what the image is used for.
    assertThat(byId(rows)).containsEntry("test/dog/0", "test");
    assertThat(
            rows.stream()
                .filter(row -> row.getAs("split").equals("test"))
                .map(
                    row ->
                        row.getAs("id")
                            + " "
                            + row.getAs("label")
                            + " "
                            + row.getAs("folder_class")))
        .containsExactlyInAnyOrder(
            "cat/0 cat cat", "cat/1 cat cat", "dog/0 cat dog", "dog/1 dog dog");
    assertThat(rows.stream().filter(row -> row.getAs("role").equals("unlabeled")))
        .allSatisfy(row -> assertThat(row.<String>getAs("folder_class")).isNull());
  }

  @Test
  void leavesOutImagesOfClassesWithoutLabelsButForThePool() {
    ClassChoice choice = new ClassChoice(Set.of("cat"), Set.of("dog"));
    Map<String, Long> counts =
        split(examples(4), 1, RULE, choice).stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.getAs("truth") + " " + row.getAs("split"), Collectors.counting()));
    assertThat(counts)
        .isEqualTo(
            Map.of(
                "cat labeled", 3L,
                "cat validation", 2L,
                "cat unused", 5L,
                "cat test", 2L,
                "dog pool", 4L,
                "dog unused", 8L,
                "null pool", 5L));
  }

  /** An examples table laid out in so many shards. */
  private String examples(int shards) {
    List<Row> rows = new ArrayList<>();
    for (String label : List.of("cat", "dog")) {
      for (int i = 0; i < 10; i++) {
        rows.add(row(SourceRole.LABELED, label + "/" + i, label, shards));
      }
      rows.add(row(SourceRole.TEST, label + "/0", label, shards));
      rows.add(row(SourceRole.TEST, label + "/1", label, shards));
    }
    for (int i = 0; i < 5; i++) {
      rows.add(row(SourceRole.UNLABELED, "cat/" + i, null, shards));
    }
    String table = folder.resolve("examples-" + shards).toString();
    LocalSpark.session()
        .createDataFrame(rows, EXAMPLE)
        .repartition(shards)
        .write()
        .format("delta")
        .mode("overwrite")
        .save(table);
    return table;
  }

  private static Row row(SourceRole role, String id, String label, int shards) {
    String content = role.text() + " " + id;
    return RowFactory.create(id, new Sharding(shards, 1).shard(id, 0), role.text(), label, content);
  }

  private List<Row> split(String examples, long seed, SplitRule rule) {
    return split(examples, seed, rule, new ClassChoice(Set.of(), Set.of()));
  }

  private List<Row> split(String examples, long seed, SplitRule rule, ClassChoice choice) {
    return split(examples, seed, rule, choice, LocalSpark.nobodyAsked());
  }

  private List<Row> split(
      String examples, long seed, SplitRule rule, ClassChoice choice, Dataset<Row> reviewed) {
    String table = folder.resolve("split").toString();
    new Splitting(LocalSpark.session(), rule, choice, seed).run(examples, 0, reviewed, table);
    return LocalSpark.session().read().format("delta").load(table).collectAsList();
  }

  private static Map<String, String> byId(List<Row> rows) {
    return rows.stream()
        .collect(
            Collectors.toMap(
                row -> row.getAs("role") + "/" + row.getAs("id"), row -> row.getAs("split")));
  }
}
