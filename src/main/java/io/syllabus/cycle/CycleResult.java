package io.syllabus.cycle;

import java.util.Optional;
import java.util.OptionalDouble;

/** One cycle, done. The selection is absent in cycle 0, which trains on true labels alone. */
public record CycleResult(
    int cycle, Optional<Selection> selection, Training training, OptionalDouble testAccuracy) {}
