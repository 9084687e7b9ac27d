package io.syllabus.cycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

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
  public Training train(int cycle, Optional<Selection> pseudoLabels) {
    log.add(
        String.format(
            "train %d on %s",
            cycle,
            pseudoLabels.map(s -> s.selected() + " pseudo-labels").orElse("true labels alone")));
    long examples = 40 + pseudoLabels.map(Selection::selected).orElse(0L);
    Model model = new Model("model-" + cycle, "checksum-" + cycle);
    return new Training(model, examples, validationAccuracies[cycle], 60, 1000);
  }

  @Override
  public Selection scoreAndSelect(int cycle, Model model, int percentile) {
    log.add(String.format("score %d with %s at %d", cycle, model.path(), percentile));
    return new Selection(
        cycle, percentile, percentile / 100.0, 100 - percentile, OptionalDouble.of(0.9), 5);
  }

  @Override
  public OptionalDouble testAccuracy(Model model) {
    log.add("test " + model.path());
    return OptionalDouble.of(0.5);
  }
}
