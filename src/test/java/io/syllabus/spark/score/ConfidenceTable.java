package io.syllabus.spark.score;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.rand;

import io.syllabus.select.ExactPercentile;
import io.syllabus.spark.LocalSpark;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A Delta table of random confidences, and two ways to find a percentile of them. */
public final class ConfidenceTable implements AutoCloseable {
  private static final double PERCENT = 80;
  private static final int FILES = 8;

  private final String path;

  /** Takes up a table that {@link #write} left. */
  public ConfidenceTable(Path path) {
    this.path = path.toString();
  }

  /** Writes a table with columns id and confidence, which is in [0.1, 1). */
  public static void write(Path path, long rows) {
    LocalSpark.session()
        .range(0, rows, 1, FILES)
        .select(col("id"), rand(1).multiply(0.9).plus(0.1).cast("float").as("confidence"))
        .write()
        .format("delta")
        .save(path.toString());
    LocalSpark.stop();
  }

  /** The 80th percentile, as a cycle finds its threshold. */
  public double exact() {
    return new ExactPercentile(ConfidenceColumn.of(table())).of(PERCENT);
  }

  /** About the 80th percentile, as Spark finds it with its default accuracy. */
  public double approximate() {
    return table()
        .selectExpr("CAST(percentile_approx(confidence, " + PERCENT / 100 + ") AS DOUBLE)")
        .first()
        .getDouble(0);
  }

  private Dataset<Row> table() {
    return LocalSpark.session().read().format("delta").load(path);
  }

  @Override
  public void close() {
    LocalSpark.stop();
  }
}
