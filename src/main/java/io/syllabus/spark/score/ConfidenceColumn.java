package io.syllabus.spark.score;

import static io.syllabus.Checks.require;

import io.syllabus.select.ConfidenceCounts;
import io.syllabus.select.CountingPass;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Counts the float column {@code confidence} of a table or a cached frame. A pass is one job that
 * reads this column alone, and the one that groups it, as column vectors where Spark can give them.
 * Each partition makes counters of its own, 1 MiB for one group; workers add them up, so that the
 * driver receives about as many of them as the square root of the number of partitions.
 */
final class ConfidenceColumn implements ConfidenceCounts {
  private final Dataset<Row> columns;
  private final int groups;

  private ConfidenceColumn(Dataset<Row> columns, int groups) {
    this.columns = columns;
    this.groups = groups;
    DataType type = columns.schema().apply(0).dataType();
    require(
        type.equals(DataTypes.FloatType),
        "the column confidence must hold float, found: %s",
        type.simpleString());
  }

  /**
   * All confidences, not told apart.
   *
   * @param scores has a column {@code confidence} of non-negative floats, none of them null
   */
  static ConfidenceColumn of(Dataset<Row> scores) {
    return new ConfidenceColumn(scores.select("confidence"), 1);
  }

  /**
   * The confidences of each label.
   *
   * @param scores has a column {@code label}, too, of integers from 0 to below {@code classes}
   */
  static ConfidenceColumn byLabel(Dataset<Row> scores, int classes) {
    return new ConfidenceColumn(scores.select("confidence", "label"), classes);
  }

  @Override
  public int groups() {
    return groups;
  }

  @Override
  public long[] count(CountingPass pass) {
    QueryExecution execution = columns.queryExecution();
    // The plan before Spark turns vectors into rows: a scan of the columns, or more than that.
    SparkPlan plan = execution.sparkPlan();
    boolean grouped = columns.schema().length() > 1;
    JavaRDD<long[]> counts =
        plan.supportsColumnar()
            ? plan.executeColumnar()
                .toJavaRDD()
                .mapPartitions(batches -> List.of(ofBatches(batches, grouped, pass)).iterator())
            : execution
                .toRdd()
                .toJavaRDD()
                .mapPartitions(rows -> List.of(ofRows(rows, grouped, pass)).iterator());
    return counts.getNumPartitions() == 0
        ? pass.newCounts()
        : counts.treeReduce(ConfidenceColumn::sum);
  }

  private static long[] ofBatches(
      Iterator<ColumnarBatch> batches, boolean grouped, CountingPass pass) {
    long[] counts = pass.newCounts();
    while (batches.hasNext()) {
      ColumnarBatch batch = batches.next();
      ColumnVector confidences = batch.column(0);
      requireNoNull(confidences.hasNull());
      float[] values = confidences.getFloats(0, batch.numRows());
      if (grouped) {
        int[] labels = batch.column(1).getInts(0, batch.numRows());
        for (int i = 0; i < values.length; i++) {
          pass.add(labels[i], values[i], counts);
        }
      } else {
        for (float value : values) {
          pass.add(0, value, counts);
        }
      }
    }
    return counts;
  }

  private static long[] ofRows(Iterator<InternalRow> rows, boolean grouped, CountingPass pass) {
    long[] counts = pass.newCounts();
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      requireNoNull(row.isNullAt(0));
      pass.add(grouped ? row.getInt(1) : 0, row.getFloat(0), counts);
    }
    return counts;
  }

  private static void requireNoNull(boolean hasNull) {
    require(!hasNull, "the column confidence holds a null: a percentile needs every confidence");
  }

  private static long[] sum(long[] one, long[] other) {
    for (int i = 0; i < one.length; i++) {
      one[i] += other[i];
    }
    return one;
  }
}
