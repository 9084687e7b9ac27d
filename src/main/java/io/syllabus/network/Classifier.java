package io.syllabus.network;

import static io.syllabus.Checks.require;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs images through a network, without augmentation, as they are asked for. Batches have one
 * size, the last one is padded, so that an image's probabilities do not depend on which images it
 * comes with. Holds one batch. Not thread-safe.
 *
 * @param <T> what the caller knows an image by
 */
public final class Classifier<T> implements Iterator<Classifier.Classified<T>> {

  /**
   * An image to classify.
   *
   * @param pixels RGB interleaved, rows from top to bottom; free for reuse once the next is taken
   */
  public record Image<T>(T key, byte[] pixels) {}

  /**
   * An image with its probabilities.
   *
   * @param probabilities one a class
   */
  public record Classified<T>(T key, float[] probabilities) {}

  private final ComputationGraph network;
  private final Iterator<Image<T>> images;
  private final int imageSize;
  private final int batchSize;
  private final float[] planes;
  private final Deque<Classified<T>> classified = new ArrayDeque<>();

  /**
   * @param imageSize pixels a side
   * @param batchSize images in a batch, positive
   */
  public Classifier(
      NetworkSnapshot snapshot, Iterator<Image<T>> images, int imageSize, int batchSize) {
    require(batchSize > 0, "batchSize must be positive, found: %s", batchSize);
    this.network = snapshot.network();
    this.images = images;
    this.imageSize = imageSize;
    this.batchSize = batchSize;
    this.planes = new float[batchSize * Pixels.CHANNELS * imageSize * imageSize];
  }

  @Override
  public boolean hasNext() {
    return !classified.isEmpty() || images.hasNext();
  }

  @Override
  public Classified<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (classified.isEmpty()) {
      classifyBatch();
    }
    return classified.remove();
  }

  private void classifyBatch() {
    List<T> batch = new ArrayList<>(batchSize);
    while (batch.size() < batchSize && images.hasNext()) {
      Image<T> image = images.next();
      Pixels.toPlanes(image.pixels(), planes, batch.size() * image.pixels().length);
      batch.add(image.key());
    }
    Arrays.fill(planes, batch.size() * (planes.length / batchSize), planes.length, 0f);
    float[] probabilities = probabilities();
    int classes = probabilities.length / batchSize;
    for (int i = 0; i < batch.size(); i++) {
      classified.add(
          new Classified<>(
              batch.get(i), Arrays.copyOfRange(probabilities, i * classes, (i + 1) * classes)));
    }
  }

  private float[] probabilities() {
    try (INDArray input = Nd4j.create(planes, batchSize, Pixels.CHANNELS, imageSize, imageSize);
        INDArray output = network.outputSingle(false, input)) {
      return output.dup('c').data().asFloat();
    }
  }
}
