package io.syllabus.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one repetition of one side came to. A process tells it to another as lines: {@code RESULT
 * value}, and {@code ALSO value name} for each figure beside it.
 *
 * @param value in the row's unit
 * @param also other figures by name
 */
record Measurement(double value, Map<String, Double> also) {
  private static final String RESULT = "RESULT ";
  private static final String ALSO = "ALSO ";

  static Measurement of(double value) {
    return new Measurement(value, Map.of());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(RESULT + value);
    also.forEach((name, figure) -> lines.add(ALSO + figure + " " + name));
    return lines;
  }

  /** Finds a measurement among all that a process printed; empty where there is none. */
  static Optional<Measurement> in(List<String> lines) {
    OptionalDouble value = OptionalDouble.empty();
    Map<String, Double> also = new LinkedHashMap<>();
    for (String line : lines) {
      if (line.startsWith(RESULT)) {
        value = OptionalDouble.of(Double.parseDouble(line.substring(RESULT.length())));
      } else if (line.startsWith(ALSO)) {
        String[] words = line.substring(ALSO.length()).split(" ", 2);
        also.put(words[1], Double.parseDouble(words[0]));
      }
    }
    return value.isPresent()
        ? Optional.of(new Measurement(value.getAsDouble(), also))
        : Optional.empty();
  }
}
