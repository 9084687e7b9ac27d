package io.syllabus.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.syllabus.cycle.Model;
import io.syllabus.data.Split;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.Prediction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;

/**
 * One cycle's scores of the whole pool, computed once. They stay on the workers, column by column
 * in memory or on disk, where an image takes about 10 bytes and its id; the driver sees counts.
 */
final class PoolScores implements AutoCloseable {
  private static final StructType SCORE =
      new StructType()
          .add("shard", DataTypes.IntegerType, false)
          .add("id", DataTypes.StringType, false)
          .add("truth", DataTypes.IntegerType, false)
          .add("label", DataTypes.IntegerType, false)
          .add("confidence", DataTypes.FloatType, false)
          .add("runner_up", DataTypes.IntegerType, false)
          .add("margin", DataTypes.FloatType, false);

  private final Broadcast<NetworkSnapshot> network;
  private final Dataset<Row> scores;

  /** Scores when first read. */
  PoolScores(SparkSession spark, Scoring scoring, NetworkSnapshot network, LongAccumulator done) {
    this.network = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(network);
    JavaRDD<Row> rows =
        scoring.scores(this.network, Split.POOL, Optional.of(done)).map(PoolScores::row);
    this.scores = spark.createDataFrame(rows, SCORE).persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static Row row(Score score) {
    Prediction prediction = score.prediction();
    return RowFactory.create(
        score.shard(),
        score.id(),
        score.truth(),
        prediction.label(),
        prediction.confidence(),
        prediction.runnerUp(),
        prediction.margin());
  }

  /** The confidences, for a percentile of them. */
  ConfidenceColumn confidences() {
    return new ConfidenceColumn(scores);
  }

  /**
   * What a threshold selects.
   *
   * @param known how many of the selected have a known truth, {@code right} how many meet it
   */
  record Tally(long selected, long known, long right) {
    OptionalDouble accuracy() {
      return known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / known);
    }
  }

  Tally tally(double threshold) {
    Row counts =
        scores
            .where(isSelected(threshold))
            .agg(
                count(lit(1)),
                count_if(col("truth").notEqual(ShardExamples.UNKNOWN)),
                count_if(col("truth").equalTo(col("label"))))
            .first();
    return new Tally(counts.getLong(0), counts.getLong(1), counts.getLong(2));
  }

  /** The labels of what reaches a threshold, partitioned like the shares. */
  JavaRDD<PseudoLabel> selected(double threshold) {
    return scores
        .where(isSelected(threshold))
        .select("shard", "id", "label")
        .javaRDD()
        .map(row -> new PseudoLabel(row.getInt(0), row.getString(1), row.getInt(2)));
  }

  // Compared as double, as the threshold is: ties at it are selected.
  private static Column isSelected(double threshold) {
    return col("confidence").geq(lit(threshold));
  }

  /** Appends all scores to a run's table. */
  void write(String table, int cycle, Model model, double threshold, List<String> classes) {
    UserDefinedFunction name =
        udf((UDF1<Integer, String>) classes::get, DataTypes.StringType).asNonNullable();
    scores
        .select(
            col("id"),
            lit(cycle).as("cycle"),
            name.apply(col("label")).as("label"),
            col("confidence"),
            name.apply(col("runner_up")).as("runner_up"),
            col("margin"),
            isSelected(threshold).as("selected"),
            lit(threshold).as("threshold"),
            lit(model.checksum()).as("model_checksum"))
        .write()
        .format("delta")
        .mode(SaveMode.Append)
        .partitionBy("cycle")
        .save(table);
  }

  @Override
  public void close() {
    scores.unpersist(false);
    network.destroy();
  }
}
