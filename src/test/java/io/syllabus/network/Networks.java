package io.syllabus.network;

import io.syllabus.config.NetworkSettings.Architecture;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks and images for tests. */
final class Networks {
  static final Sgd SGD = Sgd.of(0.1, 0.9, 5e-4, 100);

  private Networks() {}

  static ComputationGraph fresh(
      Architecture architecture, int imageSize, int classes, Sgd sgd, long seed) {
    ComputationGraph network =
        new ComputationGraph(
            Architectures.configuration(architecture, imageSize, classes, sgd, seed));
    network.init();
    return network;
  }

  /** A small network for images of 8 pixels a side and 3 classes. */
  static ComputationGraph small(long seed) {
    return fresh(Architecture.SMALL_CNN, 8, 3, SGD, seed);
  }

  static float[] parameters(ComputationGraph network) {
    return network.params().dup().data().asFloat();
  }

  /** Noise, as the network takes it. */
  static INDArray input(int images, int imageSize) {
    SplittableRandom random = new SplittableRandom(images);
    float[] planes = new float[images * 3 * imageSize * imageSize];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (float) (2 * random.nextDouble() - 1);
    }
    return Nd4j.create(planes, images, 3, imageSize, imageSize);
  }

  /** Noise, as pixels. */
  static byte[] image(int imageSize, long seed) {
    byte[] pixels = new byte[3 * imageSize * imageSize];
    new SplittableRandom(seed).nextBytes(pixels);
    return pixels;
  }
}
