package io.syllabus.cycle;

import io.syllabus.select.SelectionRule;
import io.syllabus.select.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Stages that only write down what they are asked for. */
final class StagesOnPaper implements Stages {
  private final double[] validationAccuracies;
  private final List<String> log = new ArrayList<>();

  /**
   * @param validationAccuracies one a cycle
   */
  StagesOnPaper(double... validationAccuracies) {
    this.validationAccuracies = validationAccuracies.clone();
  }

  List<String> log() {
    return log;
  }

  @Override
  public Training train(int cycle, Optional<Selection> pseudoLabels, Optional<Model> start) {
    log.add(
        String.format(
            "train %d on %s%s",
            cycle,
            pseudoLabels.map(s -> s.selected() + " pseudo-labels").orElse("true labels alone"),
            start.map(model -> " from " + model.path()).orElse("")));
    long examples = 40 + pseudoLabels.map(Selection::selected).orElse(0L);
    Model model = new Model("model-" + cycle, "checksum-" + cycle);
    return new Training(model, examples, validationAccuracies[cycle], 60, 1000);
  }

  @Override
  public Selection scoreAndSelect(int cycle, Model model, SelectionRule rule) {
    int percentile = rule.percentile(cycle).orElseThrow();
    log.add(String.format("score %d with %s at %d", cycle, model.path(), percentile));
    return new Selection(
        cycle,
        OptionalInt.of(percentile),
        Thresholds.uniform(percentile / 100.0, 2),
        100 - percentile,
        0,
        OptionalDouble.of(0.9),
        Optional.empty(),
        5);
  }

  @Override
  public OptionalDouble testAccuracy(Model model) {
    log.add("test " + model.path());
    return OptionalDouble.of(0.5);
  }
}
