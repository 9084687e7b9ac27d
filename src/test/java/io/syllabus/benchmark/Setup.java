package io.syllabus.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the command line says about a measurement.
 *
 * @param epochs a cycle, where the row trains whole runs; empty for what their settings say
 */
record Setup(Pace pace, OptionalInt epochs) {

  /** The options that say the same to another process, the Python script's as well. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(pace.arguments());
    epochs.ifPresent(count -> arguments.add("--epochs=" + count));
    return arguments;
  }
}
