package io.syllabus.publish;

import static io.syllabus.Checks.require;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How many images got each label with a confidence in each band, and how many of those labels are
 * right where the truth is known. Bands are a tenth wide. Grows with the number of classes. Not
 * thread-safe.
 */
public final class LabelCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Bands of confidence. */
  public static final int BANDS = 10;

  @JsonProperty private final long[][] images;
  @JsonProperty private final long[][] known;
  @JsonProperty private final long[][] right;

  /**
   * @param classes how many labels there are
   */
  public LabelCounts(int classes) {
    this(new long[classes][BANDS], new long[classes][BANDS], new long[classes][BANDS]);
  }

  @JsonCreator
  private LabelCounts(
      @JsonProperty("images") long[][] images,
      @JsonProperty("known") long[][] known,
      @JsonProperty("right") long[][] right) {
    this.images = images;
    this.known = known;
    this.right = right;
  }

  /** The band of a confidence in [0, 1]: those from 0.9 on are in the last. */
  public static int band(double confidence) {
    require(confidence >= 0 && confidence <= 1, "a confidence is in [0, 1], found: %s", confidence);
    return Math.min(BANDS - 1, (int) (confidence * BANDS));
  }

  /** Counts a label whose truth nobody knows. */
  public void add(int label, double confidence) {
    images[label][band(confidence)]++;
  }

  /** Counts a label whose truth is known. */
  public void add(int label, double confidence, boolean isRight) {
    int band = band(confidence);
    images[label][band]++;
    known[label][band]++;
    right[label][band] += isRight ? 1 : 0;
  }

  /** Adds what was counted elsewhere. */
  public LabelCounts merge(LabelCounts other) {
    for (int label = 0; label < images.length; label++) {
      for (int band = 0; band < BANDS; band++) {
        images[label][band] += other.images[label][band];
        known[label][band] += other.known[label][band];
        right[label][band] += other.right[label][band];
      }
    }
    return this;
  }

  public int classes() {
    return images.length;
  }

  /** Images of a label and band. */
  public long images(int label, int band) {
    return images[label][band];
  }

  /** Images of each label. */
  public long[] byLabel() {
    return Arrays.stream(images).mapToLong(bands -> Arrays.stream(bands).sum()).toArray();
  }

  /** All images. */
  public long images() {
    return sum(images);
  }

  /** Images whose truth is known. */
  public long known() {
    return sum(known);
  }

  /** Images whose label is right. */
  public long right() {
    return sum(right);
  }

  long known(int label, int band) {
    return known[label][band];
  }

  long right(int label, int band) {
    return right[label][band];
  }

  private static long sum(long[][] counts) {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }
}
