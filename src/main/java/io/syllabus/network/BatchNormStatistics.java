package io.syllabus.network;

import static io.syllabus.Checks.require;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Means and variances of what a network's batch norms see, over many minibatches: each minibatch
 * counts alike, as in the code of Izmailov et al. (UAI 2018). Workers' parts are merged. Not
 * thread-safe.
 */
public final class BatchNormStatistics implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final List<String> NAMES =
      List.of(
          BatchNormalizationParamInitializer.GLOBAL_MEAN,
          BatchNormalizationParamInitializer.GLOBAL_VAR);

  private final List<Range> ranges;
  private final double[] sum;
  private long minibatches;

  /**
   * Where a batch norm's means, or its variances, lie among the parameters.
   *
   * @param decay of its running statistics
   */
  private record Range(int from, int length, double decay) implements Serializable {}

  /** Nothing measured yet, for networks like this one. */
  public BatchNormStatistics(ComputationGraph network) {
    this.ranges = ranges(network);
    this.sum = new double[ranges.stream().mapToInt(Range::length).sum()];
  }

  /**
   * Whether a parameter is a batch norm's running mean or variance: it lies among the weights and
   * is averaged like them, but what Deeplearning4j has for its gradient is the change itself.
   */
  public static boolean isStatistic(Layer layer, String parameter) {
    return layer instanceof BatchNormalization && NAMES.contains(parameter);
  }

  private static List<Range> ranges(ComputationGraph network) {
    List<Range> ranges = new ArrayList<>();
    for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
      if (layer.conf().getLayer() instanceof BatchNormalization norm) {
        for (String name : NAMES) {
          INDArray values = layer.getParam(name);
          ranges.add(
              new Range(
                  Math.toIntExact(values.offset()),
                  Math.toIntExact(values.length()),
                  norm.getDecay()));
        }
      }
    }
    return List.copyOf(ranges);
  }

  /**
   * Measures minibatches. The network's weights stay; its gradients are overwritten.
   *
   * @param release told of each minibatch that is no longer needed
   */
  public void measure(
      ComputationGraph network, Iterator<MultiDataSet> batches, Consumer<MultiDataSet> release) {
    if (network.getFlattenedGradients() == null) {
      // A network that was never trained has no place for gradients yet.
      network.initGradientsView();
    }
    float[] parameters = FlatVector.values(network.params());
    while (batches.hasNext()) {
      MultiDataSet batch = batches.next();
      network.setInputs(batch.getFeatures());
      network.setLabels(batch.getLabels());
      network.computeGradientAndScore();
      add(parameters, FlatVector.values(network.getFlattenedGradients()));
      release.accept(batch);
    }
  }

  // What Deeplearning4j has for a statistic's gradient is (running − batch's) · (1 − decay).
  private void add(float[] parameters, float[] gradients) {
    int to = 0;
    for (Range range : ranges) {
      for (int i = range.from; i < range.from + range.length; i++) {
        sum[to++] += parameters[i] - gradients[i] / (1 - range.decay);
      }
    }
    minibatches++;
  }

  /** Adds what was measured elsewhere, of the same network. */
  public BatchNormStatistics merge(BatchNormStatistics other) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.sum[i];
    }
    minibatches += other.minibatches;
    return this;
  }

  /** The network with these statistics in place of its own. */
  public NetworkSnapshot in(NetworkSnapshot network) {
    require(minibatches > 0, "no minibatch was measured");
    float[] parameters = network.parameters();
    int from = 0;
    for (Range range : ranges) {
      for (int i = range.from; i < range.from + range.length; i++) {
        parameters[i] = (float) (sum[from++] / minibatches);
      }
    }
    return network.with(parameters);
  }
}
