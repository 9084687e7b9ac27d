package io.syllabus.report;

import io.syllabus.cycle.Calibration;
import io.syllabus.cycle.CycleResult;
import io.syllabus.cycle.Model;
import io.syllabus.cycle.Selection;
import io.syllabus.cycle.Training;
import io.syllabus.select.Thresholds;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A run of two cycles for tests. */
final class Runs {
  static final CycleResult FIRST =
      new CycleResult(
          0,
          Optional.empty(),
          new Training(new Model("runs/a/cycle-0/model.zip", "00ff"), 40, 0.625, 2.5, 400),
          OptionalDouble.empty());

  static final CycleResult SECOND =
      new CycleResult(
          1,
          Optional.of(
              new Selection(
                  1,
                  OptionalInt.of(80),
                  Thresholds.uniform(0.75, 2),
                  12_345,
                  12,
                  OptionalDouble.of(0.5),
                  Optional.of(new Calibration(1.5, 0.25, 0.125)),
                  1.25)),
          new Training(new Model("runs/a/cycle-1/model.zip", "11ff"), 12_385, 0.875, 100, 8192),
          OptionalDouble.of(0.8125));

  /** Without a percentile, and a threshold a class, of figures that need all of their digits. */
  static final CycleResult BY_CLASS =
      new CycleResult(
          2,
          Optional.of(
              new Selection(
                  2,
                  OptionalInt.empty(),
                  Thresholds.of(List.of(0.1, Double.POSITIVE_INFINITY)),
                  7,
                  0,
                  OptionalDouble.empty(),
                  Optional.empty(),
                  1.0 / 3)),
          new Training(
              new Model("runs/a/cycle-2/model.zip", "22ff"), 47, 2.0 / 3, 0.1 + 0.2, 1e-300),
          OptionalDouble.of(1.0 / 7));

  private Runs() {}

  static RunSummary of(CycleResult... cycles) {
    return new RunSummary(
        "a", RunSummary.State.RUNNING, 17, true, 2, 3, List.of(cycles), Optional.empty());
  }
}
