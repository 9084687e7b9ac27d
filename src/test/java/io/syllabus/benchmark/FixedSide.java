package io.syllabus.benchmark;

import java.util.Optional;

/** A side that needs no measuring. */
record FixedSide(String description, double value, Optional<String> missing) implements Side {
  FixedSide(String description, double value) {
    this(description, value, Optional.empty());
  }

  @Override
  public Measurement measure(Setup setup) {
    return Measurement.of(value);
  }
}
