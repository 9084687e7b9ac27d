package io.syllabus.select;

/** A pool's confidences in an array, which counts how often it is passed over. */
final class PoolInMemory implements ConfidenceCounts {
  private final float[] confidences;
  private int passes;

  PoolInMemory(float... confidences) {
    this.confidences = confidences.clone();
  }

  int passes() {
    return passes;
  }

  @Override
  public long[] byHighBits() {
    passes++;
    long[] counts = new long[BUCKETS];
    for (float confidence : confidences) {
      counts[Float.floatToRawIntBits(confidence) >>> 16]++;
    }
    return counts;
  }

  @Override
  public long[] byLowBits(int highBits) {
    passes++;
    long[] counts = new long[BUCKETS];
    for (float confidence : confidences) {
      int bits = Float.floatToRawIntBits(confidence);
      if (bits >>> 16 == highBits) {
        counts[bits & 0xffff]++;
      }
    }
    return counts;
  }
}
