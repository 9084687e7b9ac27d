package io.syllabus.benchmark;

import static io.syllabus.Checks.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says about a measurement.
 *
 * @param epochs a cycle, where the row trains whole runs; empty for what their settings say
 * @param generated what some rows make for themselves
 */
record Setup(Pace pace, Optional<Integer> epochs, Generated generated) {
  Setup {
    require(epochs.orElse(1) > 0, "--epochs must be positive, found: %s", epochs.orElse(1));
  }

  /** The options that say the same to another process, the Python script's as well. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(pace.arguments());
    epochs.ifPresent(count -> arguments.add("--epochs=" + count));
    return arguments;
  }
}
