package io.syllabus.spark;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.network.Architectures;
import io.syllabus.network.Sgd;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Networks for random images, before their first step. */
final class FreshNetworks {
  private static final long SEED = 1;

  // So many that the learning rate stays where it is while a benchmark runs.
  private static final int STEPS = 1_000_000;

  private FreshNetworks() {}

  static ComputationGraph of(Architecture architecture) {
    Sgd sgd = new Sgd(0.1, 0.9, 5e-4, STEPS);
    ComputationGraph network =
        new ComputationGraph(
            Architectures.configuration(
                architecture, RandomImages.IMAGE_SIZE, RandomImages.CLASSES, sgd, SEED));
    network.init();
    return network;
  }
}
