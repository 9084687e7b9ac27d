package io.syllabus.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * How many images a second one worker computes on this machine, measured on noise.
 *
 * @param trains of a training step, without augmentation
 * @param scores of a network that is only asked
 */
public record ComputeRates(double trains, double scores) {
  private static final int WARM_UP = 2;
  private static final int LEAST = 3;
  private static final double NANOS = 1e9;

  /**
   * Takes so long, but three steps of each at least, of which the median counts.
   *
   * @param trained images in a worker's minibatch
   * @param scored images that are scored at once
   * @param seconds for each of the two
   */
  public static ComputeRates measure(
      NetworkDesign design, int imageSize, int classes, int trained, int scored, double seconds) {
    ComputationGraph network = design.fresh();
    try {
      Minibatch minibatch = new Minibatch(trained, imageSize, classes);
      SplittableRandom random = new SplittableRandom(design.seed());
      byte[] noise = new byte[Pixels.CHANNELS * imageSize * imageSize];
      for (int image = 0; image < trained; image++) {
        random.nextBytes(noise);
        minibatch.add(noise, image % classes, 1);
      }
      MultiDataSet images = minibatch.toMultiDataSet();
      double step = medianSeconds(seconds, () -> network.fit(images));
      float[] planes = new float[scored * noise.length];
      try (Predictor predictor =
          NetworkSnapshot.of(network).predictor(design.engine(), scored, imageSize)) {
        double batch = medianSeconds(seconds, () -> predictor.probabilities(planes));
        return new ComputeRates(trained / step, scored / batch);
      }
    } finally {
      network.close();
    }
  }

  private static double medianSeconds(double seconds, Runnable step) {
    for (int i = 0; i < WARM_UP; i++) {
      step.run();
    }
    List<Double> taken = new ArrayList<>();
    long end = System.nanoTime() + Math.round(seconds * NANOS);
    while (taken.size() < LEAST || System.nanoTime() < end) {
      long began = System.nanoTime();
      step.run();
      taken.add((System.nanoTime() - began) / NANOS);
    }
    Collections.sort(taken);
    return taken.get(taken.size() / 2);
  }
}
