package io.syllabus.network;

import static io.syllabus.Checks.require;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Scales a minibatch's gradient down to a Euclidean norm, all layers together (Pascanu, Mikolov,
 * Bengio: "On the difficulty of training recurrent neural networks", ICML 2013, algorithm 1).
 * Deeplearning4j's own clipping goes layer by layer. What batch norms learn of their inputs, which
 * Deeplearning4j keeps among the gradients, is left alone; the L2 penalty comes after.
 */
final class GradientClipping extends BaseTrainingListener {
  private final double maxNorm;

  /**
   * @param maxNorm of the mean gradient of a minibatch, positive
   */
  GradientClipping(double maxNorm) {
    require(maxNorm > 0, "maxNorm must be positive, found: %s", maxNorm);
    this.maxNorm = maxNorm;
  }

  @Override
  public void onGradientCalculation(Model model) {
    ComputationGraph network = (ComputationGraph) model;
    List<INDArray> learned = learned(network);
    double squares = 0;
    for (INDArray part : learned) {
      double norm = part.norm2Number().doubleValue();
      squares += norm * norm;
    }
    // Deeplearning4j sums the images' gradients and divides them later.
    double norm = Math.sqrt(squares) / network.getInput(0).size(0);
    if (norm > maxNorm) {
      learned.forEach(part -> part.muli(maxNorm / norm));
    }
  }

  private static List<INDArray> learned(ComputationGraph network) {
    INDArray gradients = network.getFlattenedGradients().reshape(-1);
    List<INDArray> parts = new ArrayList<>();
    for (Layer layer : network.getLayers()) {
      layer
          .paramTable()
          .forEach(
              (name, values) -> {
                if (!BatchNormStatistics.isStatistic(layer.conf().getLayer(), name)) {
                  long from = values.offset();
                  parts.add(gradients.get(NDArrayIndex.interval(from, from + values.length())));
                }
              });
    }
    return parts;
  }
}
