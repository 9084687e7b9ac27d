package io.syllabus.spark;

import static io.syllabus.Checks.require;

import io.syllabus.select.ConfidenceCounts;
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
 * reads this column alone, as column vectors where Spark can give them. Each partition makes
 * counters of 512 KiB; workers add them up, so that the driver receives about as many of them as
 * the square root of the number of partitions.
 */
final class ConfidenceColumn implements ConfidenceCounts {
  private final Dataset<Row> column;

  /**
   * @param scores has a column {@code confidence} of non-negative floats, none of them null
   */
  ConfidenceColumn(Dataset<Row> scores) {
    this.column = scores.select("confidence");
    DataType type = column.schema().apply(0).dataType();
    require(
        type.equals(DataTypes.FloatType),
        "the column confidence must hold float, found: %s",
        type.simpleString());
  }

  @Override
  public long[] byHighBits() {
    return count(Counters.ANY);
  }

  @Override
  public long[] byLowBits(int highBits) {
    require(
        highBits >= 0 && highBits < BUCKETS, "highBits must be in [0, 65535], found: %s", highBits);
    return count(highBits);
  }

  private long[] count(int highBits) {
    QueryExecution execution = column.queryExecution();
    // The plan before Spark turns vectors into rows: a scan of the column, or more than that.
    SparkPlan plan = execution.sparkPlan();
    JavaRDD<long[]> counts =
        plan.supportsColumnar()
            ? plan.executeColumnar()
                .toJavaRDD()
                .mapPartitions(batches -> List.of(ofBatches(batches, highBits)).iterator())
            : execution
                .toRdd()
                .toJavaRDD()
                .mapPartitions(rows -> List.of(ofRows(rows, highBits)).iterator());
    return counts.getNumPartitions() == 0
        ? new long[BUCKETS]
        : counts.treeReduce(ConfidenceColumn::sum);
  }

  private static long[] ofBatches(Iterator<ColumnarBatch> batches, int highBits) {
    Counters counters = new Counters(highBits);
    while (batches.hasNext()) {
      ColumnarBatch batch = batches.next();
      ColumnVector confidences = batch.column(0);
      requireNoNull(confidences.hasNull());
      for (float confidence : confidences.getFloats(0, batch.numRows())) {
        counters.add(confidence);
      }
    }
    return counters.counts;
  }

  private static long[] ofRows(Iterator<InternalRow> rows, int highBits) {
    Counters counters = new Counters(highBits);
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      requireNoNull(row.isNullAt(0));
      counters.add(row.getFloat(0));
    }
    return counters.counts;
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

  /** Counts by high bits, or by the low bits of those with certain high bits. */
  static final class Counters {
    static final int ANY = -1;
    private final long[] counts = new long[BUCKETS];
    private final int highBits;

    Counters(int highBits) {
      this.highBits = highBits;
    }

    void add(float confidence) {
      int bits = Float.floatToRawIntBits(confidence);
      if (highBits == ANY) {
        counts[bits >>> 16]++;
      } else if (bits >>> 16 == highBits) {
        counts[bits & 0xffff]++;
      }
    }
  }
}
