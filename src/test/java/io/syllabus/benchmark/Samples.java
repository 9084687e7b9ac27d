package io.syllabus.benchmark;

import static io.syllabus.Checks.require;

import java.util.List;
import java.util.Locale;

/** The values of all repetitions, in their order; at least one. */
record Samples(List<Double> values) {
  Samples {
    require(!values.isEmpty(), "samples must not be empty");
    values = List.copyOf(values);
  }

  /** The middle value, or the mean of the two in the middle. */
  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double least() {
    return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  double greatest() {
    return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  /** Median, and from where to where the values go. */
  String render() {
    return String.format(Locale.ROOT, "%10.3f  (%.3f to %.3f)", median(), least(), greatest());
  }
}
