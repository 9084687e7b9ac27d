package io.syllabus.report;

import io.syllabus.cycle.CycleResult;
import io.syllabus.cycle.Model;
import io.syllabus.cycle.Selection;
import io.syllabus.cycle.Training;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

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
          Optional.of(new Selection(1, 80, 0.75, 12_345, OptionalDouble.of(0.5), 1.25)),
          new Training(new Model("runs/a/cycle-1/model.zip", "11ff"), 12_385, 0.875, 100, 8192),
          OptionalDouble.of(0.8125));

  private Runs() {}

  static RunSummary of(CycleResult... cycles) {
    return new RunSummary("a", RunSummary.State.RUNNING, 17, true, 2, 3, List.of(cycles));
  }
}
