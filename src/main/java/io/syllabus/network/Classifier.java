package io.syllabus.network;

import static io.syllabus.Checks.require;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

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

  private final Predictor predictor;
  private final Iterator<Image<T>> images;
  private final int batchSize;
  private final float[] planes;
  private final Deque<Classified<T>> classified = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param predictor for batches of {@code batchSize}; closed after the last image
   * @param imageSize pixels a side
   * @param batchSize images in a batch, positive
   */
  public Classifier(Predictor predictor, Iterator<Image<T>> images, int imageSize, int batchSize) {
    require(batchSize > 0, "batchSize must be positive, found: %s", batchSize);
    this.predictor = predictor;
    this.images = images;
    this.batchSize = batchSize;
    this.planes = new float[batchSize * Pixels.CHANNELS * imageSize * imageSize];
  }

  @Override
  public boolean hasNext() {
    boolean more = !classified.isEmpty() || images.hasNext();
    if (!more && !closed) {
      predictor.close();
      closed = true;
    }
    return more;
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
    float[] probabilities = predictor.probabilities(planes);
    int classes = probabilities.length / batchSize;
    for (int i = 0; i < batch.size(); i++) {
      classified.add(
          new Classified<>(
              batch.get(i), Arrays.copyOfRange(probabilities, i * classes, (i + 1) * classes)));
    }
  }
}
