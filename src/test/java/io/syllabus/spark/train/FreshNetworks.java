package io.syllabus.spark.train;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.network.Blueprint;
import io.syllabus.network.NetworkDesign;
import io.syllabus.network.Sgd;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Networks for random images, before their first step. */
public final class FreshNetworks {
  private static final long SEED = 1;

  // So many that the learning rate stays where it is while a benchmark runs.
  private static final int STEPS = 1_000_000;

  private FreshNetworks() {}

  public static ComputationGraph of(Architecture architecture, Engine engine) {
    return design(architecture, engine).fresh();
  }

  static NetworkDesign design(Architecture architecture, Engine engine) {
    return new NetworkDesign(
        Blueprint.of(architecture, RandomImages.IMAGE_SIZE, RandomImages.CLASSES),
        Sgd.of(0.1, 0.9, 5e-4, STEPS),
        SEED,
        engine);
  }
}
