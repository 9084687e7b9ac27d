package io.syllabus.benchmark;

import static io.syllabus.Checks.require;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What some rows make for themselves to measure on.
 *
 * @param folder that holds it, shared by all repetitions of both sides
 * @param rows of the row percentile's table; empty for its own number
 * @param images of the row growth's large pool; empty for its own number
 */
record Generated(Path folder, Optional<Long> rows, Optional<Integer> images) {
  Generated {
    require(rows.orElse(1L) > 0, "--rows must be positive, found: %s", rows.orElse(1L));
    require(images.orElse(1) > 0, "--images must be positive, found: %s", images.orElse(1));
  }

  /** As large as the rows have it. */
  static Generated in(Path folder) {
    return new Generated(folder, Optional.empty(), Optional.empty());
  }

  /** The options that say the same to another JVM. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("--folder=" + folder));
    rows.ifPresent(count -> arguments.add("--rows=" + count));
    images.ifPresent(count -> arguments.add("--images=" + count));
    return arguments;
  }
}
