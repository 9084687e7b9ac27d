package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import io.syllabus.publish.ReviewTask;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Which published labels people are asked about, all of them a model's.
 *
 * @param uncertain of each class, those that the model is least sure of
 * @param audit so many that are drawn at random
 * @param flipped so many whose label changed most often from cycle to cycle
 */
public record ReviewSelection(int uncertain, int audit, int flipped) {

  /**
   * Chooses.
   *
   * @param labels one version of the published labels
   * @param version its number, which decides what is drawn at random
   * @return rows of the labels with a column reasons, in the order of class and id
   */
  Dataset<Row> of(Dataset<Row> labels, long version) {
    Dataset<Row> given = labels.where(col("source").equalTo(Provenance.MODEL));
    Dataset<Row> leastSure =
        given
            .withColumn(
                "rank", row_number().over(Window.partitionBy("class").orderBy("confidence", "id")))
            .where(col("rank").leq(uncertain))
            .drop("rank");
    Dataset<Row> drawn =
        given
            .withColumn("draw", xxhash64(col("id"), lit(version)))
            .orderBy("draw", "id")
            .limit(audit)
            .drop("draw");
    Dataset<Row> oftenChanged =
        given
            .where(col("label_changes").gt(0))
            .orderBy(col("label_changes").desc(), col("id"))
            .limit(flipped);
    return because(leastSure, ReviewTask.UNCERTAIN)
        .unionByName(because(drawn, ReviewTask.AUDIT))
        .unionByName(because(oftenChanged, ReviewTask.FLIPPED))
        .groupBy("id", "role")
        .agg(
            array_sort(collect_set("reason")).as("reasons"),
            first("class").as("class"),
            first("confidence").as("confidence"),
            first("runner_up").as("runner_up"),
            first("checksum").as("checksum"),
            first("location").as("location"),
            first("run_id").as("run_id"),
            first("model_checksum").as("model_checksum"),
            first("examples_version").as("examples_version"))
        .orderBy("class", "id");
  }

  private static Dataset<Row> because(Dataset<Row> rows, String reason) {
    return rows.withColumn("reason", lit(reason));
  }
}
