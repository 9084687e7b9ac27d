package io.syllabus.spark.train;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.deeplearning4j.spark.api.worker.ExecuteWorkerMultiDataSetFlatMap;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.runtime.AbstractFunction2;

/**
 * One worker's part of a round: trains on its minibatches as Deeplearning4j's worker does.
 *
 * <p>No lambda: Spark parses the classes around each one, in every job, to see what it drags along,
 * which takes about half a millisecond.
 */
final class RoundTask extends AbstractFunction2<TaskContext, Iterator<MultiDataSet>, WorkerEnd>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ExecuteWorkerMultiDataSetFlatMap<ParameterAveragingTrainingResult> training;

  RoundTask(RoundWorker worker) {
    training = new ExecuteWorkerMultiDataSetFlatMap<>(worker);
  }

  @Override
  public WorkerEnd apply(TaskContext task, Iterator<MultiDataSet> minibatches) {
    try {
      return WorkerEnd.of(training.call(JavaConverters.asJavaIterator(minibatches)).next());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("Worker " + task.partitionId() + " failed to train", e);
    }
  }
}
