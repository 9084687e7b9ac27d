package io.syllabus.select;

import static io.syllabus.Checks.require;

/** A pool's confidences in an array, which counts how often it is passed over. */
final class PoolInMemory implements ConfidenceCounts {
  private final int groups;
  private final int[] labels;
  private final float[] confidences;
  private int passes;

  PoolInMemory(float... confidences) {
    this(1, new int[confidences.length], confidences);
  }

  /**
   * @param labels of the confidences, from 0 to below {@code groups}
   */
  PoolInMemory(int groups, int[] labels, float... confidences) {
    require(
        labels.length == confidences.length, "%s labels for %s", labels.length, confidences.length);
    this.groups = groups;
    this.labels = labels.clone();
    this.confidences = confidences.clone();
  }

  /**
   * Confidences whose labels a network found.
   *
   * @param labels of the confidences, from 0 to below {@code classes}
   */
  static ScoredConfidences scored(int classes, int[] labels, float... confidences) {
    return new ScoredConfidences() {
      @Override
      public int classes() {
        return classes;
      }

      @Override
      public ConfidenceCounts together() {
        return new PoolInMemory(confidences);
      }

      @Override
      public ConfidenceCounts byLabel() {
        return new PoolInMemory(classes, labels, confidences);
      }
    };
  }

  int passes() {
    return passes;
  }

  @Override
  public int groups() {
    return groups;
  }

  @Override
  public long[] count(CountingPass pass) {
    passes++;
    long[] counts = pass.newCounts();
    for (int i = 0; i < confidences.length; i++) {
      pass.add(labels[i], confidences[i], counts);
    }
    return counts;
  }
}
