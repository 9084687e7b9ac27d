package io.syllabus.network;

import static io.syllabus.Checks.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Collects training examples into what Deeplearning4j trains on. Not thread-safe. */
public final class Minibatch {
  private final int imageSize;
  private final int classes;
  private final float[] planes;
  private final float[] targets;
  private final float[] weights;
  private float smoothing;
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
    targets = new float[capacity * classes];
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
    int row = size * classes;
    Arrays.fill(targets, row, row + classes, 0);
    targets[row + label] = 1;
    add(image, weight);
  }

  /**
   * Adds an example that is one of several classes.
   *
   * @param image likewise
   * @param probabilities of the classes, which sum to 1
   */
  public void add(byte[] image, float[] probabilities) {
    System.arraycopy(probabilities, 0, targets, size * classes, classes);
    add(image, 1);
  }

  private void add(byte[] image, float weight) {
    Pixels.toPlanes(image, planes, size * image.length);
    weights[size] = weight;
    size++;
  }

  /**
   * Spreads a part of each label evenly over all classes (Szegedy et al.: "Rethinking the Inception
   * Architecture for Computer Vision", CVPR 2016, section 7).
   *
   * @param smoothing the part, in [0, 1)
   */
  public void smoothLabels(double smoothing) {
    this.smoothing = (float) smoothing;
  }

  /**
   * The minibatch as arrays: features [n, 3, size, size] and labels [n, classes], whose rows sum to
   * the examples' weights, scaled to mean 1. Deeplearning4j divides gradients by n, which makes the
   * loss the weighted mean.
   */
  public MultiDataSet toMultiDataSet() {
    return arrays(planes, labelRows());
  }

  /**
   * The minibatch mixed with itself.
   *
   * @param alpha of mixup, positive
   * @param random takes as many values from it whatever the images
   */
  public MultiDataSet mixed(double alpha, SplittableRandom random) {
    Mixup mixup = Mixup.drawn(alpha, weights.length, random);
    return arrays(mixup.of(planes), mixup.of(labelRows()));
  }

  /**
   * The images of a minibatch, as the network sees them.
   *
   * @return RGB interleaved, rows from top to bottom
   */
  public static List<byte[]> images(MultiDataSet minibatch) {
    float[] planes = FlatVector.values(minibatch.getFeatures(0));
    int images = Math.toIntExact(minibatch.getFeatures(0).size(0));
    int length = planes.length / images;
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      byte[] picture = new byte[length];
      Pixels.toBytes(planes, i * length, picture);
      pictures.add(picture);
    }
    return pictures;
  }

  private MultiDataSet arrays(float[] images, float[] labelRows) {
    return new MultiDataSet(
        FlatVector.array(images, size, Pixels.CHANNELS, imageSize, imageSize),
        FlatVector.array(labelRows, size, classes));
  }

  private float[] labelRows() {
    require(size == weights.length, "a minibatch holds %s images, found: %s", weights.length, size);
    float[] scaled = weightsOfMeanOne();
    float[] rows = new float[size * classes];
    for (int i = 0; i < rows.length; i++) {
      float target = (1 - smoothing) * targets[i] + smoothing / classes;
      rows[i] = target * scaled[i / classes];
    }
    return rows;
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
