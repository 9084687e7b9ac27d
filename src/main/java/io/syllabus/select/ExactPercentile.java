package io.syllabus.select;

import static io.syllabus.Checks.require;

/**
 * The exact percentile of any number of confidences, out of counts alone: a first pass finds the
 * bucket of high bits that holds an order statistic, a second one its low bits; a third is needed
 * only where two neighbours differ in their high bits. Memory is twice 65,536 counters whatever the
 * pool's size. Not thread-safe.
 */
public final class ExactPercentile {
  private final ConfidenceCounts counts;
  private final long[] byHighBits;
  private final long total;
  private int lowCounted = -1;
  private long[] byLowBits;

  /** Takes the first pass. */
  public ExactPercentile(ConfidenceCounts counts) {
    this.counts = counts;
    this.byHighBits = counts.byHighBits();
    this.total = sum(byHighBits);
  }

  /**
   * The percentile with linear interpolation between order statistics, to the last bit what {@code
   * numpy.percentile} gives for the confidences as float64 (Hyndman, Fan: "Sample Quantiles in
   * Statistical Packages", 1996, definition 7).
   *
   * @param percent in [0, 100]
   * @throws IllegalArgumentException where there is no confidence at all
   */
  public double of(double percent) {
    require(percent >= 0 && percent <= 100, "percent must be in [0, 100], found: %s", percent);
    require(total > 0, "no confidences: their percentile is not defined");
    double position = (total - 1) * (percent / 100);
    long lowerRank = (long) Math.floor(position);
    double lower = orderStatistic(lowerRank);
    double fraction = position - lowerRank;
    return fraction == 0 ? lower : interpolate(lower, orderStatistic(lowerRank + 1), fraction);
  }

  /** How many confidences there are. */
  public long total() {
    return total;
  }

  // NumPy's _lerp: from the nearer end, which keeps the result monotonic in the fraction.
  private static double interpolate(double lower, double upper, double fraction) {
    double difference = upper - lower;
    return fraction >= 0.5 ? upper - difference * (1 - fraction) : lower + difference * fraction;
  }

  private float orderStatistic(long rank) {
    Bucket high = Bucket.of(rank, byHighBits);
    Bucket low = Bucket.of(high.rankInside(), byLowBits(high.index()));
    return Float.intBitsToFloat(high.index() << 16 | low.index());
  }

  // Neighbours in rank nearly always share their high bits: one pass serves both.
  private long[] byLowBits(int highBits) {
    if (lowCounted != highBits) {
      byLowBits = counts.byLowBits(highBits);
      lowCounted = highBits;
    }
    return byLowBits;
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  /** Where the example of a rank lies: its bucket, and its rank among those of the bucket. */
  private record Bucket(int index, long rankInside) {
    static Bucket of(long rank, long[] counts) {
      long left = rank;
      for (int index = 0; index < counts.length; index++) {
        if (left < counts[index]) {
          return new Bucket(index, left);
        }
        left -= counts[index];
      }
      throw new IllegalStateException("The confidences changed between two passes over them");
    }
  }
}
