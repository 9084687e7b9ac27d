package io.syllabus.spark.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.select.CountingPass;
import io.syllabus.select.CountingPass.Prefix;
import io.syllabus.select.ExactPercentile;
import io.syllabus.spark.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfidenceColumnTest {
  // 0.75f is 0x3f400000: its low bits are zero, and the next float's are one.
  private static final int HIGH_BITS = 0x3f40;
  private static final CountingPass FIRST = new CountingPass(1, List.of(new Prefix(0, 0)), 0, 16);
  private static final float[] CONFIDENCES = {0.75f, 0.25f, Math.nextUp(0.75f), 0.75f, 0f, 1f};

  @TempDir private Path folder;

  @Test
  void countsATableBitsAfterBits() {
    assertCounts(table(frame(CONFIDENCES)));
  }

  @Test
  void countsACachedFrameBitsAfterBits() {
    Dataset<Row> cached = frame(CONFIDENCES).persist();
    assertCounts(cached);
    cached.unpersist();
  }

  private static void assertCounts(Dataset<Row> scores) {
    ConfidenceColumn column = ConfidenceColumn.of(scores);
    assertThat(column.groups()).isEqualTo(1);
    long[] byHighBits = column.count(FIRST);
    assertThat(byHighBits).hasSize(1 << 16);
    assertThat(byHighBits[HIGH_BITS]).isEqualTo(3);
    assertThat(LongStream.of(byHighBits).sum()).isEqualTo(6);
    long[] byLowBits = column.count(new CountingPass(1, List.of(new Prefix(0, HIGH_BITS)), 16, 16));
    assertThat(byLowBits).hasSize(1 << 16).startsWith(2, 1);
    assertThat(LongStream.of(byLowBits).sum()).isEqualTo(3);
  }

  @Test
  void countsEachLabelsOwnConfidences() {
    Dataset<Row> scores =
        frame(CONFIDENCES).withColumn("label", when(col("confidence").geq(0.75), 2).otherwise(0));
    CountingPass all =
        new CountingPass(3, List.of(new Prefix(0, 0), new Prefix(1, 0), new Prefix(2, 0)), 0, 16);
    Dataset<Row> cached = scores.persist();
    for (Dataset<Row> form : List.of(scores, cached, table(scores))) {
      long[] counts = ConfidenceColumn.byLabel(form, 3).count(all);
      assertThat(LongStream.of(counts).limit(1 << 16).sum()).isEqualTo(2);
      assertThat(LongStream.of(counts).skip(1 << 16).limit(1 << 16).sum()).isZero();
      assertThat(counts[(2 << 16) + HIGH_BITS]).isEqualTo(3);
    }
    cached.unpersist();
  }

  @Test
  void findsInATableOfManyPartitionsWhatSortingFinds() {
    float[] confidences = new float[10_000];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < confidences.length; i++) {
      confidences[i] = (float) random.nextDouble();
    }
    Dataset<Row> scores = table(frame(confidences).repartition(20));
    confidences = sorted(confidences);

    ExactPercentile percentile = new ExactPercentile(ConfidenceColumn.of(scores));

    assertThat(percentile.total()).isEqualTo(10_000);
    assertThat(percentile.of(0)).isEqualTo(confidences[0]);
    assertThat(percentile.of(100)).isEqualTo(confidences[9_999]);
    // 50 percent of 9,999 steps end halfway between two confidences.
    double difference = (double) confidences[5_000] - confidences[4_999];
    assertThat(percentile.of(50)).isEqualTo(confidences[5_000] - difference * 0.5);
  }

  @Test
  void passesOverRowsThatWereDeletedFromTheTable() {
    String path = folder.resolve("deleted").toString();
    frame(0.1f, 0.2f, 0.3f, 0.4f)
        .coalesce(1)
        .write()
        .format("delta")
        .option("delta.enableDeletionVectors", "true")
        .save(path);
    LocalSpark.session().sql("DELETE FROM delta.`" + path + "` WHERE confidence > 0.25");

    Dataset<Row> left = LocalSpark.session().read().format("delta").load(path);

    assertThat(new ExactPercentile(ConfidenceColumn.of(left)).of(100)).isEqualTo(0.2f);
  }

  @Test
  void countsNothingInAnEmptyTable() {
    ConfidenceColumn column = ConfidenceColumn.of(table(frame()));
    assertThat(column.count(FIRST)).hasSize(1 << 16).containsOnly(0);
  }

  @Test
  void refusesAConfidenceThatIsMissing() {
    Dataset<Row> scores = frame(DataTypes.FloatType, 0.5f, null);
    String message = "the column confidence holds a null";
    assertThatThrownBy(() -> ConfidenceColumn.of(scores).count(FIRST))
        .hasMessageContaining(message);
    Dataset<Row> table = table(scores);
    assertThatThrownBy(() -> ConfidenceColumn.of(table).count(FIRST)).hasMessageContaining(message);
  }

  @Test
  void refusesAColumnThatHoldsNoFloats() {
    Dataset<Row> scores = frame(DataTypes.DoubleType, 0.5);
    assertThatThrownBy(() -> ConfidenceColumn.of(scores))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the column confidence must hold float, found: double");
  }

  private Dataset<Row> table(Dataset<Row> scores) {
    String path = folder.resolve("scores").toString();
    scores.write().format("delta").save(path);
    return LocalSpark.session().read().format("delta").load(path);
  }

  private static float[] sorted(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  private static Dataset<Row> frame(float... confidences) {
    Object[] values = new Object[confidences.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = confidences[i];
    }
    return frame(DataTypes.FloatType, values);
  }

  private static Dataset<Row> frame(DataType type, Object... confidences) {
    List<Row> rows = new ArrayList<>();
    for (Object confidence : confidences) {
      rows.add(RowFactory.create("id", confidence));
    }
    StructType schema = new StructType().add("id", DataTypes.StringType).add("confidence", type);
    return LocalSpark.session().createDataFrame(rows, schema);
  }
}
