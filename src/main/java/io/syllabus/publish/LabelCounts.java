package io.syllabus.publish;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.syllabus.select.ConfidenceBands;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How many images got each label with a confidence in each band, and how many of those labels are
 * right where the truth is known. Grows with the number of classes. Not thread-safe.
 */
public final class LabelCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ConfidenceBands bands;
  @JsonProperty private final long[][] images;
  @JsonProperty private final long[][] known;
  @JsonProperty private final long[][] right;

  /** Counts in bands that are known beforehand. */
  public LabelCounts(ConfidenceBands bands) {
    this.bands = bands;
    this.images = zeros(bands);
    this.known = zeros(bands);
    this.right = zeros(bands);
  }

  @JsonCreator
  private LabelCounts(
      @JsonProperty("bands") double[][] edges,
      @JsonProperty("images") long[][] images,
      @JsonProperty("known") long[][] known,
      @JsonProperty("right") long[][] right) {
    this.bands = ConfidenceBands.of(edges);
    this.images = images;
    this.known = known;
    this.right = right;
  }

  private static long[][] zeros(ConfidenceBands bands) {
    return new long[bands.classes()][ConfidenceBands.BANDS];
  }

  /** Counts a label whose truth nobody knows. */
  public void add(int label, double confidence) {
    images[label][bands.band(label, confidence)]++;
  }

  /** Counts a label whose truth is known. */
  public void add(int label, double confidence, boolean isRight) {
    int band = bands.band(label, confidence);
    images[label][band]++;
    known[label][band]++;
    right[label][band] += isRight ? 1 : 0;
  }

  /** Adds what was counted elsewhere, in the same bands. */
  public LabelCounts merge(LabelCounts other) {
    for (int label = 0; label < images.length; label++) {
      for (int band = 0; band < ConfidenceBands.BANDS; band++) {
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

  /** What the confidences are counted by. */
  public ConfidenceBands bands() {
    return bands;
  }

  @JsonProperty("bands")
  double[][] edges() {
    return bands.edges();
  }

  /** Images of each label. */
  public long[] byLabel() {
    return Arrays.stream(images).mapToLong(ofLabel -> Arrays.stream(ofLabel).sum()).toArray();
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
