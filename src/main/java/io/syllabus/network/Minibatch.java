package io.syllabus.network;

import static io.syllabus.Checks.require;

import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Collects training examples into what Deeplearning4j trains on. Not thread-safe. */
public final class Minibatch {
  private final int imageSize;
  private final int classes;
  private final float[] planes;
  private final int[] labels;
  private final float[] weights;
  private int size;

  /**
   * @param capacity images in a full minibatch
   * @param imageSize pixels a side
   */
  public Minibatch(int capacity, int imageSize, int classes) {
    require(capacity > 0, "a minibatch must hold an image or more, found: %s", capacity);
    this.imageSize = imageSize;
    this.classes = classes;
    planes = new float[capacity * Pixels.CHANNELS * imageSize * imageSize];
    labels = new int[capacity];
    weights = new float[capacity];
  }

  /** Takes all examples out, to collect others. */
  public void clear() {
    size = 0;
  }

  /**
   * Adds an example.
   *
   * @param image RGB interleaved, rows from top to bottom; copied
   * @param label in [0, classes)
   * @param weight of the example's loss, positive; only the ratios within a minibatch matter
   */
  public void add(byte[] image, int label, float weight) {
    Pixels.toPlanes(image, planes, size * image.length);
    labels[size] = label;
    weights[size] = weight;
    size++;
  }

  /**
   * The minibatch as arrays: features [n, 3, size, size] and labels [n, classes], whose rows are
   * one-hot times the example's weight, the weights scaled to mean 1. Deeplearning4j divides
   * gradients by n, which makes the loss the weighted mean.
   */
  public MultiDataSet toMultiDataSet() {
    require(size == weights.length, "a minibatch holds %s images, found: %s", weights.length, size);
    float[] scaled = weightsOfMeanOne();
    float[] rows = new float[size * classes];
    for (int i = 0; i < size; i++) {
      rows[i * classes + labels[i]] = scaled[i];
    }
    return new MultiDataSet(
        Nd4j.create(planes, size, Pixels.CHANNELS, imageSize, imageSize),
        Nd4j.create(rows, size, classes));
  }

  private float[] weightsOfMeanOne() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += weights[i];
    }
    float[] scaled = new float[size];
    for (int i = 0; i < size; i++) {
      scaled[i] = (float) (weights[i] * size / sum);
    }
    return scaled;
  }
}
