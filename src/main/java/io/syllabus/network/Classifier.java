package io.syllabus.network;

import static io.syllabus.Checks.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs images through a network, without augmentation. Batches have one size, the last one is
 * padded, so that an image's probabilities do not depend on which images it comes with. Not
 * thread-safe; an instance holds at most one batch of images.
 *
 * @param <T> what the caller knows an image by
 */
public final class Classifier<T> {

  /** Receives each image's probabilities, one a class, in the order of the images. */
  @FunctionalInterface
  public interface Sink<T> {
    void accept(T image, float[] probabilities);
  }

  private final ComputationGraph network;
  private final int imageSize;
  private final float[] planes;
  private final List<T> waiting;
  private final int batchSize;
  private final Sink<T> sink;

  /**
   * @param imageSize pixels a side
   * @param batchSize images in a batch, positive
   */
  public Classifier(NetworkSnapshot snapshot, int imageSize, int batchSize, Sink<T> sink) {
    require(batchSize > 0, "batchSize must be positive, found: %s", batchSize);
    this.network = snapshot.network();
    this.imageSize = imageSize;
    this.batchSize = batchSize;
    this.planes = new float[batchSize * Pixels.CHANNELS * imageSize * imageSize];
    this.waiting = new ArrayList<>(batchSize);
    this.sink = sink;
  }

  /** Takes an image, RGB interleaved; its probabilities may reach the sink later. */
  public void add(T image, byte[] pixels) {
    Pixels.toPlanes(pixels, planes, waiting.size() * pixels.length);
    waiting.add(image);
    if (waiting.size() == batchSize) {
      flush();
    }
  }

  /** Sends what is left to the sink. */
  public void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    Arrays.fill(planes, waiting.size() * (planes.length / batchSize), planes.length, 0f);
    try (INDArray images = Nd4j.create(planes, batchSize, Pixels.CHANNELS, imageSize, imageSize)) {
      try (INDArray output = network.outputSingle(false, images)) {
        float[] probabilities = output.dup('c').data().asFloat();
        int classes = probabilities.length / batchSize;
        for (int i = 0; i < waiting.size(); i++) {
          sink.accept(
              waiting.get(i), Arrays.copyOfRange(probabilities, i * classes, (i + 1) * classes));
        }
      }
    }
    waiting.clear();
  }
}
