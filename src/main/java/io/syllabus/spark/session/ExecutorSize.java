package io.syllabus.spark.session;

import io.syllabus.Text;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * What a cluster has to have free in one place for an executor.
 *
 * @param mebibytes of memory
 */
record ExecutorSize(int cores, long mebibytes) {
  private static final long LEAST_OVERHEAD = 384;

  /** Of Java's memory, which is all that a standalone cluster counts. */
  static ExecutorSize ofHeap(SparkConf conf) {
    return new ExecutorSize(
        conf.getInt("spark.executor.cores", 1), conf.getSizeAsMb("spark.executor.memory", "1g"));
  }

  /** Of Java's memory and what is beside it. */
  static ExecutorSize ofContainer(SparkConf conf) {
    ExecutorSize heap = ofHeap(conf);
    long overhead =
        conf.contains("spark.executor.memoryOverhead")
            ? conf.getSizeAsMb("spark.executor.memoryOverhead")
            : Math.max(LEAST_OVERHEAD, heap.mebibytes / 10);
    return new ExecutorSize(heap.cores, heap.mebibytes + overhead);
  }

  /**
   * What stands in the way of an executor of this size, as a clause.
   *
   * @param free what each place has left, at least one
   * @param place what each of them is
   */
  String obstacle(List<ExecutorSize> free, String place) {
    if (free.stream().anyMatch(this::fits)) {
      return Text.format(
          "a %s has room for an executor of %s, but none comes: the logs there say why",
          place, this);
    }
    ExecutorSize most =
        Collections.max(
            free,
            Comparator.comparingLong(ExecutorSize::mebibytes)
                .thenComparingInt(ExecutorSize::cores));
    return Text.format(
        "no %s has room for an executor of %s, the most that one has free is %s",
        place, this, most);
  }

  private boolean fits(ExecutorSize room) {
    return cores <= room.cores && mebibytes <= room.mebibytes;
  }

  @Override
  public String toString() {
    return Text.format("%,d MiB and %d %s", mebibytes, cores, cores == 1 ? "core" : "cores");
  }
}
