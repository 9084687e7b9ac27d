package io.syllabus.spark.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.syllabus.Seeds;
import io.syllabus.config.Settings;
import io.syllabus.data.ClassChoice;
import io.syllabus.data.SourceRole;
import io.syllabus.data.Split;
import io.syllabus.data.SplitRule;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/**
 * Decides what a run uses each image for, and writes it down: one row an image with id, shard,
 * role, split and label, which is null for the pool, truth, which the pool keeps to be measured by,
 * and folder_class, what the image's folder says where it is not in the pool. Only ids and classes
 * move.
 */
public final class Splitting {
  private final SparkSession spark;
  private final SplitRule rule;
  private final ClassChoice choice;
  private final long seed;

  public Splitting(SparkSession spark, SplitRule rule, ClassChoice choice, long seed) {
    this.spark = spark;
    this.rule = rule;
    this.choice = choice;
    this.seed = seed;
  }

  /** As settings say. */
  public static Splitting of(SparkSession spark, Settings settings) {
    return new Splitting(
        spark, SplitRule.of(settings.data()), ClassChoice.of(settings.data()), settings.seed());
  }

  /**
   * Reads one version of the examples table and writes the run's split.
   *
   * @param reviewed what people said of images: checksum and reviewed, the class. It goes over what
   *     folders say; a pool image with such a content is trained on.
   */
  public void run(String examples, long version, Dataset<Row> reviewed, String split) {
    Dataset<Row> all =
        spark
            .read()
            .format("delta")
            .option("versionAsOf", version)
            .load(examples)
            .select("id", "shard", "role", "label", "checksum");
    Dataset<Row> labeled = all.where(col("role").equalTo(SourceRole.LABELED.text()));
    Dataset<Row> others = all.where(col("role").notEqual(SourceRole.LABELED.text()));
    Dataset<Row> bySource =
        ranked(labeled)
            .withColumn("split", byRank().apply(col("label"), col("rank"), col("ofClass")))
            .drop("rank", "ofClass")
            .unionByName(others.withColumn("split", byRole().apply(col("role"), col("label"))));
    Column isOfPool = col("split").equalTo(Split.POOL.text());
    bySource
        .withColumn("folder_class", when(not(isOfPool), col("label")))
        .join(reviewed, new String[] {"checksum"}, "left")
        .withColumn("truth", coalesce(col("reviewed"), col("label")))
        .withColumn(
            "split",
            when(isOfPool.and(col("reviewed").isNotNull()), Split.LABELED.text())
                .otherwise(col("split")))
        .drop("label", "checksum", "reviewed")
        .withColumn("label", when(not(isOfPool), col("truth")))
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .save(split);
  }

  // The rank of each image in a random order of its class. Only the labeled source is ranked, a
  // class at a time: no task ever sees the pool.
  private Dataset<Row> ranked(Dataset<Row> labeled) {
    WindowSpec ofClass = Window.partitionBy("label");
    WindowSpec shuffled = ofClass.orderBy(col("order"), col("id"));
    return labeled
        .withColumn("order", order().apply(col("id")))
        .withColumn("rank", row_number().over(shuffled).minus(lit(1)).cast(DataTypes.LongType))
        .withColumn("ofClass", count(lit(1)).over(ofClass))
        .drop("order");
  }

  private UserDefinedFunction order() {
    long seedOfRun = seed;
    return udf(
        (UDF1<String, Long>) id -> Seeds.derive(seedOfRun, "split", Seeds.hash(id)),
        DataTypes.LongType);
  }

  private UserDefinedFunction byRank() {
    SplitRule ruleOfRun = rule;
    ClassChoice choiceOfRun = choice;
    return udf(
        (UDF3<String, Long, Long, String>)
            (label, rank, ofClass) -> choiceOfRun.split(ruleOfRun, label, rank, ofClass).text(),
        DataTypes.StringType);
  }

  private UserDefinedFunction byRole() {
    ClassChoice choiceOfRun = choice;
    return udf(
        (UDF2<String, String, String>)
            (role, label) -> ofRole(SourceRole.of(role), label, choiceOfRun).text(),
        DataTypes.StringType);
  }

  private static Split ofRole(SourceRole role, String label, ClassChoice choice) {
    if (role == SourceRole.UNLABELED) {
      return Split.POOL;
    }
    if (!choice.isLabel(label)) {
      return Split.UNUSED;
    }
    return switch (role) {
      case LABELED -> Split.LABELED;
      case UNLABELED -> Split.POOL;
      case VALIDATION -> Split.VALIDATION;
      case TEST -> Split.TEST;
    };
  }
}
