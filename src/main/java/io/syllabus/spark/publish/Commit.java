package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_millis;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A commit to a table, as its log has it. Delta's own history gives the time of the log's file,
 * which is that of the copy where a store was copied without its files' times.
 *
 * @param at when it was made, by the clock of who made it
 * @param mark what it was marked with
 */
record Commit(long version, Instant at, String mark) {
  private static final StructType LOG =
      new StructType()
          .add("commitInfo", StructType.fromDDL("timestamp bigint, userMetadata string"));

  /** The marked commits to a table that exists, the latest first. */
  static List<Commit> of(SparkSession spark, String table) {
    return spark
        .read()
        .schema(LOG)
        .option("pathGlobFilter", "*.json")
        .json(table + "/_delta_log")
        .where(col("commitInfo.userMetadata").isNotNull())
        .select(
            col("_metadata.file_name"),
            col("commitInfo.timestamp"),
            col("commitInfo.userMetadata"),
            unix_millis(col("_metadata.file_modification_time")))
        .collectAsList()
        .stream()
        .map(
            row ->
                new Commit(
                    Long.parseLong(row.getString(0).replace(".json", "")),
                    Instant.ofEpochMilli(row.getLong(row.isNullAt(1) ? 3 : 1)),
                    row.getString(2)))
        .sorted(Comparator.comparingLong(Commit::version).reversed())
        .toList();
  }
}
