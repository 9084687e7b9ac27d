package io.syllabus.network;

import io.syllabus.config.NetworkSettings.Architecture;
import java.io.Serializable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.nd4j.linalg.learning.config.Nesterovs;

/** What a network looks like, before it is known how it learns. */
public sealed interface Blueprint extends Serializable {

  /**
   * A configuration, ready to be initialized.
   *
   * @param seed of fresh weights
   */
  ComputationGraphConfiguration configuration(Sgd sgd, long seed);

  /** An architecture with its own regularization. */
  static Blueprint of(Architecture architecture, int imageSize, int classes) {
    return new Named(architecture, imageSize, classes, Regularization.of(architecture));
  }

  /**
   * One of the architectures.
   *
   * @param imageSize pixels a side
   */
  record Named(Architecture architecture, int imageSize, int classes, Regularization regularization)
      implements Blueprint {
    @Override
    public ComputationGraphConfiguration configuration(Sgd sgd, long seed) {
      return Architectures.configuration(
          architecture, imageSize, classes, regularization, sgd, seed);
    }
  }

  /**
   * A network that came as a file.
   *
   * @param json its configuration, as Deeplearning4j writes it once the network is initialized
   */
  record Given(String json) implements Blueprint {
    @Override
    public ComputationGraphConfiguration configuration(Sgd sgd, long seed) {
      ComputationGraphConfiguration configuration = ComputationGraphConfiguration.fromJson(json);
      FineTuneConfiguration learning =
          FineTuneConfiguration.builder()
              .seed(seed)
              .updater(new Nesterovs(sgd.learningRate(), sgd.momentum()))
              .l2(sgd.l2())
              .build();
      for (GraphVertex vertex : configuration.getVertices().values()) {
        if (vertex instanceof LayerVertex layer) {
          learning.applyToNeuralNetConfiguration(layer.getLayerConf());
        }
      }
      return configuration;
    }
  }
}
