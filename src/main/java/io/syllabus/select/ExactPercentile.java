package io.syllabus.select;

import static io.syllabus.Checks.require;

import io.syllabus.select.OrderStatistics.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Exact percentiles of any number of confidences, of each group its own, found by passes that
 * count. Not thread-safe.
 */
public final class ExactPercentile {
  private final OrderStatistics statistics;

  /** Takes the first pass. */
  public ExactPercentile(ConfidenceCounts counts) {
    this.statistics = new OrderStatistics(counts);
  }

  /**
   * The percentile with linear interpolation between order statistics, to the last bit what {@code
   * numpy.percentile} gives for the confidences as float64 (Hyndman, Fan: "Sample Quantiles in
   * Statistical Packages", 1996, definition 7).
   *
   * @param percent in [0, 100]
   * @throws IllegalArgumentException where there is no confidence at all, or more than one group
   */
  public double of(double percent) {
    require(statistics.groups() == 1, "%s groups have a percentile each", statistics.groups());
    OptionalDouble percentile = ofEach(percent).get(0);
    require(percentile.isPresent(), "no confidences: their percentile is not defined");
    return percentile.getAsDouble();
  }

  /** The percentile of each group; empty where a group has no confidence. */
  public List<OptionalDouble> ofEach(double percent) {
    require(percent >= 0 && percent <= 100, "percent must be in [0, 100], found: %s", percent);
    List<Wanted> wanted = new ArrayList<>();
    for (int group = 0; group < statistics.groups(); group++) {
      if (statistics.total(group) > 0) {
        Place place = place(group, percent);
        wanted.add(place.lower());
        if (place.fraction > 0) {
          wanted.add(place.upper());
        }
      }
    }
    Map<Wanted, Float> found = statistics.find(wanted);
    List<OptionalDouble> percentiles = new ArrayList<>();
    for (int group = 0; group < statistics.groups(); group++) {
      percentiles.add(
          statistics.total(group) == 0
              ? OptionalDouble.empty()
              : OptionalDouble.of(place(group, percent).interpolate(found)));
    }
    return percentiles;
  }

  /** How many confidences there are. */
  public long total() {
    long total = 0;
    for (int group = 0; group < statistics.groups(); group++) {
      total += statistics.total(group);
    }
    return total;
  }

  private Place place(int group, double percent) {
    double position = (statistics.total(group) - 1) * (percent / 100);
    long lower = (long) Math.floor(position);
    return new Place(group, lower, position - lower);
  }

  /** Where a percentile lies: on an order statistic, or between it and the next. */
  private record Place(int group, long rank, double fraction) {
    Wanted lower() {
      return new Wanted(group, rank);
    }

    Wanted upper() {
      return new Wanted(group, rank + 1);
    }

    // NumPy's _lerp: from the nearer end, which keeps the result monotonic in the fraction.
    double interpolate(Map<Wanted, Float> found) {
      double from = found.get(lower());
      if (fraction == 0) {
        return from;
      }
      double to = found.get(upper());
      double difference = to - from;
      return fraction >= 0.5 ? to - difference * (1 - fraction) : from + difference * fraction;
    }
  }
}
