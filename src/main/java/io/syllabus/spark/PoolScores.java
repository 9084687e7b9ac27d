package io.syllabus.spark;

import io.syllabus.cycle.Model;
import io.syllabus.data.Split;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.Prediction;
import io.syllabus.select.ConfidenceCounts;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;

/**
 * One cycle's scores of the whole pool. They stay on the workers, in memory or on disk; the driver
 * sees counts.
 */
final class PoolScores implements ConfidenceCounts, AutoCloseable {
  private static final StructType SCORE =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("cycle", DataTypes.IntegerType, false)
          .add("label", DataTypes.StringType, false)
          .add("confidence", DataTypes.FloatType, false)
          .add("runner_up", DataTypes.StringType, false)
          .add("margin", DataTypes.FloatType, false)
          .add("selected", DataTypes.BooleanType, false)
          .add("threshold", DataTypes.DoubleType, false)
          .add("model_checksum", DataTypes.StringType, false);

  private final Broadcast<NetworkSnapshot> network;
  private final JavaRDD<Score> scores;

  /** Scores when first read. */
  PoolScores(
      JavaSparkContext context, Scoring scoring, NetworkSnapshot network, LongAccumulator done) {
    this.network = context.broadcast(network);
    this.scores =
        scoring
            .scores(this.network, Split.POOL, Optional.of(done))
            .persist(StorageLevel.MEMORY_AND_DISK());
  }

  @Override
  public long[] byHighBits() {
    return count(bits -> bits >>> 16);
  }

  @Override
  public long[] byLowBits(int highBits) {
    return count(bits -> bits >>> 16 == highBits ? bits & 0xffff : -1);
  }

  /** Which counter a confidence's bits belong to; negative: none. */
  private interface Bucket extends ToIntFunction<Integer>, Serializable {}

  private long[] count(Bucket bucket) {
    return scores
        .mapPartitions(
            partition -> {
              long[] counts = new long[BUCKETS];
              while (partition.hasNext()) {
                int index =
                    bucket.applyAsInt(
                        Float.floatToIntBits(partition.next().prediction().confidence()));
                if (index >= 0) {
                  counts[index]++;
                }
              }
              return List.of(counts).iterator();
            })
        .treeReduce(PoolScores::sum);
  }

  private static long[] sum(long[] one, long[] other) {
    for (int i = 0; i < one.length; i++) {
      one[i] += other[i];
    }
    return one;
  }

  /**
   * What a threshold selects.
   *
   * @param known how many of the selected have a known truth, {@code right} how many meet it
   */
  record Tally(long selected, long known, long right) implements Serializable {
    Tally plus(Tally other) {
      return new Tally(selected + other.selected, known + other.known, right + other.right);
    }

    OptionalDouble accuracy() {
      return known == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) right / known);
    }
  }

  Tally tally(double threshold) {
    return selected(threshold).mapPartitions(PoolScores::tally).reduce(Tally::plus);
  }

  private static Iterator<Tally> tally(Iterator<Score> partition) {
    long selected = 0;
    long known = 0;
    long right = 0;
    while (partition.hasNext()) {
      Score score = partition.next();
      selected++;
      known += score.hasTruth() ? 1 : 0;
      right += score.isRight() ? 1 : 0;
    }
    return List.of(new Tally(selected, known, right)).iterator();
  }

  /** The scores that reach a threshold, partitioned like the shares. */
  JavaRDD<Score> selected(double threshold) {
    return scores.filter(score -> score.isSelected(threshold));
  }

  /** Appends all scores to a run's table. */
  void write(
      SparkSession spark,
      String table,
      int cycle,
      Model model,
      double threshold,
      List<String> classes) {
    String checksum = model.checksum();
    JavaRDD<Row> rows =
        scores.map(
            score -> {
              Prediction prediction = score.prediction();
              return RowFactory.create(
                  score.id(),
                  cycle,
                  classes.get(prediction.label()),
                  prediction.confidence(),
                  classes.get(prediction.runnerUp()),
                  prediction.margin(),
                  score.isSelected(threshold),
                  threshold,
                  checksum);
            });
    spark
        .createDataFrame(rows, SCORE)
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
