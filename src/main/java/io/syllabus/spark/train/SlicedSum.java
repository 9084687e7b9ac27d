package io.syllabus.spark.train;

import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.ContextCleaner;
import org.apache.spark.Dependency;
import org.apache.spark.HashPartitioner;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;

/**
 * The sum of what workers end a round with, for networks that are too large for the driver to take
 * one from each: worker i adds up slice i of everybody's, in a shuffle, and the driver receives the
 * sums alone.
 */
final class SlicedSum {
  private SlicedSum() {}

  /**
   * Trains a round. Each slice is added up in the order of the partitions, so that the sum is the
   * same in every run.
   *
   * @param minibatches of each worker, in a partition
   * @param count of slices
   */
  static WorkerEnd of(JavaRDD<MultiDataSet> minibatches, RoundTask task, int count) {
    JavaPairRDD<Integer, WorkerEnd> sums =
        minibatches
            .mapPartitionsWithIndex(
                (worker, part) -> {
                  WorkerEnd end =
                      task.apply(TaskContext.get(), JavaConverters.asScalaIterator(part));
                  return IntStream.range(0, count)
                      .mapToObj(
                          slice ->
                              new Tuple2<>(slice, new Tuple2<>(worker, end.slice(slice, count))))
                      .iterator();
                },
                true)
            .mapToPair(slice -> slice)
            .groupByKey(new HashPartitioner(count))
            .mapValues(SlicedSum::inOrder);
    try {
      return WorkerEnd.join(
          sums.collect().stream()
              .sorted(Comparator.comparing(Tuple2::_1))
              .map(Tuple2::_2)
              .toList());
    } finally {
      deleteShuffle(sums.rdd());
    }
  }

  private static WorkerEnd inOrder(Iterable<Tuple2<Integer, WorkerEnd>> ends) {
    return WorkerEnd.sum(
        StreamSupport.stream(ends.spliterator(), false)
            .sorted(Comparator.comparing(Tuple2::_1))
            .map(Tuple2::_2)
            .toList());
  }

  // Spark does once the driver's garbage is collected: too late for a disk that takes a network a
  // second.
  private static void deleteShuffle(RDD<?> sums) {
    Dependency<?> last = sums.dependencies().head();
    if (last instanceof ShuffleDependency<?, ?, ?> shuffle) {
      Option<ContextCleaner> cleaner = sums.context().cleaner();
      if (cleaner.isDefined()) {
        cleaner.get().doCleanupShuffle(shuffle.shuffleId(), false);
      }
    } else {
      deleteShuffle(last.rdd());
    }
  }
}
