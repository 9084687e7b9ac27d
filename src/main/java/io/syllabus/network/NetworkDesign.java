package io.syllabus.network;

import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.network.onednn.OneDnnGraph;
import java.io.Serializable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * All that a fresh network follows from: equal designs make equal networks, wherever they are made.
 *
 * @param seed of the weights
 */
public record NetworkDesign(Blueprint blueprint, Sgd sgd, long seed, Engine engine)
    implements Serializable {

  /** A network with fresh weights and optimizer. */
  public ComputationGraph fresh() {
    ComputationGraphConfiguration configuration = blueprint.configuration(sgd, seed);
    ComputationGraph network =
        engine == Engine.ONEDNN && OneDnnGraph.isAvailable()
            ? new OneDnnGraph(configuration)
            : new ComputationGraph(configuration);
    network.init();
    if (sgd.maxGradientNorm() > 0) {
      network.setListeners(new GradientClipping(sgd.maxGradientNorm()));
    }
    return network;
  }
}
