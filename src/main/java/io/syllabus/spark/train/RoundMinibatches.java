package io.syllabus.spark.train;

import io.syllabus.spark.shard.TrainingShare;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The minibatches of one round, a partition a worker. A class for the reason of {@link RoundTask}.
 */
final class RoundMinibatches extends RDD<MultiDataSet> {
  private static final long serialVersionUID = 1L;
  private static final ClassTag<TrainingShare> SHARE = ClassTag$.MODULE$.apply(TrainingShare.class);
  private static final ClassTag<MultiDataSet> MINIBATCH =
      ClassTag$.MODULE$.apply(MultiDataSet.class);

  private final MinibatchSource source;
  private final Round round;

  /**
   * @param shares one a worker
   */
  RoundMinibatches(RDD<TrainingShare> shares, MinibatchSource source, Round round) {
    super(shares, MINIBATCH);
    this.source = source;
    this.round = round;
  }

  @Override
  public Partition[] getPartitions() {
    return firstParent(SHARE).partitions();
  }

  @Override
  public Iterator<MultiDataSet> compute(Partition worker, TaskContext task) {
    TrainingShare share = firstParent(SHARE).iterator(worker, task).next();
    return JavaConverters.asScalaIterator(source.open(round, worker.index(), share));
  }
}
