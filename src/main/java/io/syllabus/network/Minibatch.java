package io.syllabus.network;

import static io.syllabus.Checks.require;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Collects training examples into what Deeplearning4j trains on. Not thread-safe. */
public final class Minibatch {
  private final int imageSize;
  private final int classes;
  private final float[] planes;
  private final float[] oneHot;
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
    oneHot = new float[capacity * classes];
    weights = new float[capacity];
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
    oneHot[size * classes + label] = 1;
    weights[size] = weight;
    size++;
  }

  /**
   * The minibatch as arrays: features [n, 3, size, size], labels [n, classes] and, unless all weigh
   * the same, a label mask [n, 1] of weights scaled to mean 1. Deeplearning4j divides gradients by
   * n, which makes the loss the weighted mean.
   */
  public MultiDataSet toMultiDataSet() {
    require(size == weights.length, "a minibatch holds %s images, found: %s", weights.length, size);
    INDArray features = Nd4j.create(planes, size, Pixels.CHANNELS, imageSize, imageSize);
    INDArray labels = Nd4j.create(oneHot, size, classes);
    if (allWeighTheSame()) {
      return new MultiDataSet(features, labels);
    }
    return new MultiDataSet(
        new INDArray[] {features},
        new INDArray[] {labels},
        null,
        new INDArray[] {Nd4j.create(weightsOfMeanOne(), size, 1)});
  }

  private boolean allWeighTheSame() {
    for (int i = 1; i < size; i++) {
      if (weights[i] != weights[0]) {
        return false;
      }
    }
    return true;
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
