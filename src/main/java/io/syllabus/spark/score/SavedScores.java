package io.syllabus.spark.score;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.syllabus.config.CurriculumSettings.Confidence;
import io.syllabus.cycle.Selection;
import io.syllabus.data.Split;
import io.syllabus.select.SelectionRule;
import io.syllabus.select.Thresholds;
import io.syllabus.spark.shard.ShardExamples;
import io.syllabus.store.Store;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * The scores that one cycle of a run left in its table, with the truth where it is known: any rule
 * can be asked what it would have selected of them. Only ids and labels move.
 */
public final class SavedScores implements AutoCloseable {
  private final int cycle;
  private final Dataset<Row> scores;
  private final MeasuredScores measured;

  /**
   * @param cycle 1 or later
   * @param classes names in the order of their labels
   * @param confidence what is taken for it
   */
  public SavedScores(
      SparkSession spark, Store.Run run, int cycle, List<String> classes, Confidence confidence) {
    this.cycle = cycle;
    Dataset<Row> truth =
        spark
            .read()
            .format("delta")
            .load(run.split())
            .where(col("split").equalTo(Split.POOL.text()))
            .select(col("id"), truth(classes).as("truth"));
    this.scores =
        spark
            .read()
            .format("delta")
            .load(run.scores())
            .where(col("cycle").equalTo(cycle))
            .join(truth, "id")
            .withColumn("label", index(col("label"), classes))
            .select("label", "truth", "confidence", "margin", "entropy", "selected")
            .persist(StorageLevel.MEMORY_AND_DISK());
    this.measured = new MeasuredScores(scores, confidence, classes.size());
  }

  private static Column truth(List<String> classes) {
    Column index = index(col("truth"), classes);
    return when(col("truth").isNull(), ShardExamples.UNKNOWN)
        .when(index.lt(0), ShardExamples.FOREIGN)
        .otherwise(index);
  }

  // −1 where the name is none of the classes.
  private static Column index(Column name, List<String> classes) {
    Column names = lit(classes.toArray(String[]::new));
    return array_position(names, name).minus(1).cast(DataTypes.IntegerType);
  }

  /** What a rule would have selected. */
  public Selection select(SelectionRule rule) {
    long began = System.nanoTime();
    Thresholds thresholds = rule.thresholds(cycle, measured);
    MeasuredScores.Tally tally = measured.tally(measured.reaches(thresholds));
    return tally.selection(
        cycle, rule, thresholds, Optional.empty(), (System.nanoTime() - began) / 1e9);
  }

  /** How many images the run itself selected. */
  public long selectedByTheRun() {
    return measured.tally(col("selected")).selected();
  }

  @Override
  public void close() {
    scores.unpersist(false);
  }
}
