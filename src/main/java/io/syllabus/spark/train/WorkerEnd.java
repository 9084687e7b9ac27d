package io.syllabus.spark.train;

import io.syllabus.network.FlatVector;
import java.io.Serializable;
import java.util.List;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;

/**
 * What one worker ends a round with. Deeplearning4j's own result is not serializable.
 *
 * @param loss of its last minibatch
 */
record WorkerEnd(FlatVector parameters, FlatVector momentum, double loss) implements Serializable {

  static WorkerEnd of(ParameterAveragingTrainingResult result) {
    return new WorkerEnd(
        FlatVector.of(result.getParameters()),
        FlatVector.of(result.getUpdaterState()),
        result.getScore());
  }

  /** The sum of several, in the order given. */
  static WorkerEnd sum(List<WorkerEnd> ends) {
    return new WorkerEnd(
        FlatVector.sum(ends.stream().map(WorkerEnd::parameters).toList()),
        FlatVector.sum(ends.stream().map(WorkerEnd::momentum).toList()),
        ends.stream().mapToDouble(WorkerEnd::loss).sum());
  }

  /** One of so many slices, each with the loss. */
  WorkerEnd slice(int index, int count) {
    return new WorkerEnd(parameters.slice(index, count), momentum.slice(index, count), loss);
  }

  /** What slices are of, in their order. */
  static WorkerEnd join(List<WorkerEnd> slices) {
    return new WorkerEnd(
        FlatVector.join(slices.stream().map(WorkerEnd::parameters).toList()),
        FlatVector.join(slices.stream().map(WorkerEnd::momentum).toList()),
        slices.get(0).loss());
  }

  /** The mean that this is the sum of. */
  WorkerEnd over(int workers) {
    return new WorkerEnd(parameters.over(workers), momentum.over(workers), loss / workers);
  }
}
