package io.syllabus.spark.train;

import io.syllabus.config.TrainingSettings.ClassWeights;
import io.syllabus.spark.shard.PseudoLabel;
import io.syllabus.spark.shard.Shares;
import io.syllabus.spark.shard.TrainingShare;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/** What one cycle trains on: a share a worker, and how many examples have each label. */
final class TrainingSet implements AutoCloseable {
  private final JavaRDD<TrainingShare> shares;
  private final long[] countByLabel;
  private final long labeled;
  private final int smallestShare;

  private TrainingSet(
      JavaRDD<TrainingShare> shares, long[] countByLabel, long labeled, int smallestShare) {
    this.shares = shares;
    this.countByLabel = countByLabel;
    this.labeled = labeled;
    this.smallestShare = smallestShare;
  }

  /**
   * True labels and pseudo-labels, worker by worker.
   *
   * @param selected pseudo-labels, partitioned like the shares
   */
  static TrainingSet of(Shares shares, JavaRDD<PseudoLabel> selected, int classes) {
    return counted(
        shares
            .shards()
            .zipPartitions(
                selected, (shards, labels) -> List.of(TrainingShare.of(shards, labels)).iterator()),
        classes);
  }

  /** True labels alone. */
  static TrainingSet labeledOnly(Shares shares, int classes) {
    return counted(
        shares
            .shards()
            .mapPartitions(
                shards ->
                    List.of(TrainingShare.of(shards, Collections.emptyIterator())).iterator()),
        classes);
  }

  private static TrainingSet counted(JavaRDD<TrainingShare> shares, int classes) {
    JavaRDD<TrainingShare> kept = shares.persist(StorageLevel.MEMORY_AND_DISK());
    // Every task carries how its share came about, plans of queries among it, and takes
    // milliseconds to read that, round after round, unless the share is written down.
    if (kept.context().getCheckpointDir().isDefined()) {
      kept.checkpoint();
    }
    List<Count> counts =
        kept.map(share -> new Count(share.countByLabel(classes), share.labeledSize())).collect();
    long[] byLabel = new long[classes];
    long labeled = 0;
    long smallest = Long.MAX_VALUE;
    for (Count count : counts) {
      for (int label = 0; label < classes; label++) {
        byLabel[label] += count.byLabel[label];
      }
      labeled += count.labeled;
      smallest = Math.min(smallest, LongStream.of(count.byLabel).sum());
    }
    return new TrainingSet(kept, byLabel, labeled, (int) smallest);
  }

  /** What one worker has. */
  private record Count(long[] byLabel, int labeled) implements Serializable {}

  /**
   * The same examples with soft pseudo-labels. Closing one of the sets leaves the other.
   *
   * @param said of every pool image, partitioned like the shares; read at once
   */
  TrainingSet softened(JavaRDD<TrainingShare.SoftLabel> said) {
    JavaRDD<TrainingShare> soft =
        shares
            .zipPartitions(
                said, (share, labels) -> List.of(share.next().softened(labels)).iterator())
            .persist(StorageLevel.MEMORY_AND_DISK());
    soft.count();
    return new TrainingSet(soft, countByLabel, labeled, smallestShare);
  }

  JavaRDD<TrainingShare> shares() {
    return shares;
  }

  int workers() {
    return shares.getNumPartitions();
  }

  long examples() {
    return LongStream.of(countByLabel).sum();
  }

  /** Examples with true labels. */
  long labeled() {
    return labeled;
  }

  /** How many examples the worker has that has the fewest. */
  int smallestShare() {
    return smallestShare;
  }

  /**
   * How much an example of each class weighs: (N − n_c)/n_c when balanced, with n_c of N examples
   * labeled c. The published code's weights; a class without examples weighs nothing.
   */
  float[] classWeights(ClassWeights weights) {
    float[] byLabel = new float[countByLabel.length];
    long all = examples();
    for (int label = 0; label < byLabel.length; label++) {
      long ofClass = countByLabel[label];
      if (weights == ClassWeights.NONE) {
        byLabel[label] = 1;
      } else if (ofClass > 0) {
        byLabel[label] = (float) ((double) (all - ofClass) / ofClass);
      }
    }
    return byLabel;
  }

  @Override
  public void close() {
    shares.unpersist(false);
  }
}
