package io.syllabus.network.onednn;

import io.syllabus.network.BatchNormStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Nesterov momentum and L2 on the flat vectors of a network, in one pass: what Deeplearning4j's
 * updater does block by block in many operations, to the rounding of single precision. Not
 * thread-safe.
 */
final class NesterovStep {
  private final Nesterovs updater;
  private final List<Segment> segments;
  private final float[] parameters;
  private final float[] gradients;
  private final float[] momentum;

  /**
   * Neighbouring parameters that are treated alike.
   *
   * @param l2 factor of the penalty
   * @param statistics whether they are a batch norm's running statistics, of which the gradient is
   *     the change itself
   */
  private record Segment(int from, int end, double l2, boolean statistics) {

    boolean isFollowedAlikeBy(Segment next) {
      return end == next.from && l2 == next.l2 && statistics == next.statistics;
    }

    int trained() {
      return statistics ? 0 : end - from;
    }
  }

  private NesterovStep(Nesterovs updater, List<Segment> segments, int parameters) {
    this.updater = updater;
    this.segments = segments;
    this.parameters = new float[parameters];
    this.gradients = new float[parameters];
    this.momentum = new float[segments.stream().mapToInt(Segment::trained).sum()];
  }

  /** The step of an initialized network; empty where its layers learn in any other way. */
  static Optional<NesterovStep> of(ComputationGraph network) {
    List<Segment> segments = new ArrayList<>();
    Optional<Nesterovs> updater = Optional.empty();
    for (Layer layer : network.getLayers()) {
      if (layer.numParams() == 0) {
        continue;
      }
      if (!(layer.conf().getLayer() instanceof BaseLayer base)
          || !(base.getIUpdater() instanceof Nesterovs own)
          || updater.filter(other -> !other.equals(own)).isPresent()) {
        return Optional.empty();
      }
      updater = Optional.of(own);
      for (Map.Entry<String, INDArray> parameter : layer.paramTable().entrySet()) {
        Optional<Segment> segment = segment(base, parameter.getKey(), parameter.getValue());
        if (segment.isEmpty()) {
          return Optional.empty();
        }
        segments.add(segment.get());
      }
    }
    // As they lie in the flat vector, which is how the momentum lies, too.
    segments.sort(Comparator.comparingInt(Segment::from));
    return updater.map(
        found -> new NesterovStep(found, joined(segments), Math.toIntExact(network.numParams())));
  }

  private static Optional<Segment> segment(BaseLayer layer, String name, INDArray values) {
    boolean statistics = BatchNormStatistics.isStatistic(layer, name);
    double l2 = 0;
    List<Regularization> penalties = layer.getRegularizationByParam(name);
    for (Regularization penalty : penalties == null ? List.<Regularization>of() : penalties) {
      if (!(penalty instanceof L2Regularization squares)) {
        return Optional.empty();
      }
      l2 += squares.getL2().valueAt(0, 0);
    }
    int from = Math.toIntExact(values.offset());
    return Optional.of(new Segment(from, from + Math.toIntExact(values.length()), l2, statistics));
  }

  private static List<Segment> joined(List<Segment> sorted) {
    List<Segment> joined = new ArrayList<>();
    for (Segment next : sorted) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).isFollowedAlikeBy(next)) {
        Segment before = joined.get(last);
        joined.set(last, new Segment(before.from, next.end, next.l2, next.statistics));
      } else {
        joined.add(next);
      }
    }
    return List.copyOf(joined);
  }

  /**
   * Takes one step.
   *
   * @param parameterVector all parameters, changed
   * @param gradientVector the sum of the images' gradients
   * @param momentumVector of all parameters but statistics, changed
   * @param iteration how many steps were taken before
   * @return the penalty of the parameters as they were: half of L2 times their squares
   */
  double apply(
      FloatPointer parameterVector,
      FloatPointer gradientVector,
      FloatPointer momentumVector,
      long images,
      int iteration) {
    parameterVector.get(parameters);
    gradientVector.get(gradients);
    momentumVector.get(momentum);
    float rate = (float) updater.getLearningRate(iteration, 0);
    float kept = (float) updater.currentMomentum(iteration, 0);
    double penalty = 0;
    int at = 0;
    for (Segment segment : segments) {
      if (segment.statistics) {
        for (int i = segment.from; i < segment.end; i++) {
          parameters[i] -= gradients[i];
        }
      } else {
        penalty += segment.l2 == 0 ? 0 : segment.l2 / 2 * squares(segment);
        step(segment, at, (float) images, rate, kept);
        at += segment.trained();
      }
    }
    parameterVector.put(parameters);
    momentumVector.put(momentum);
    return penalty;
  }

  // v' = μ · v − rate · g and w' = w + (1 + μ) · v' − μ · v: Sutskever et al., ICML 2013, in terms
  // of the point that is looked ahead to.
  private void step(Segment segment, int momentumAt, float images, float rate, float kept) {
    float l2 = (float) segment.l2;
    int shift = momentumAt - segment.from;
    for (int i = segment.from; i < segment.end; i++) {
      float gradient = gradients[i] / images + l2 * parameters[i];
      float before = momentum[i + shift];
      float after = kept * before - rate * gradient;
      momentum[i + shift] = after;
      parameters[i] += (1 + kept) * after - kept * before;
    }
  }

  private double squares(Segment segment) {
    double sum = 0;
    for (int i = segment.from; i < segment.end; i++) {
      sum += (double) parameters[i] * parameters[i];
    }
    return sum;
  }
}
