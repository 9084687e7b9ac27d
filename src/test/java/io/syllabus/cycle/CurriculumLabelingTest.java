package io.syllabus.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.select.Curriculum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CurriculumLabelingTest {
  /** Writes down what it is asked to do. */
  private static final class Fake implements Stages {
    private final List<String> calls = new ArrayList<>();
    private final double[] validation;

    Fake(double... validation) {
      this.validation = validation;
    }

    @Override
    public Training train(int cycle, Optional<Selection> pseudoLabels) {
      calls.add(
          "train %d with %s"
              .formatted(cycle, pseudoLabels.map(s -> "labels of " + s.cycle()).orElse("none")));
      return new Training(new Model("model-" + cycle, "c"), 10, validation[cycle], 1, 10);
    }

    @Override
    public Selection scoreAndSelect(int cycle, Model model, int percentile) {
      calls.add("score %d by %s at %d".formatted(cycle, model.path(), percentile));
      return new Selection(cycle, percentile, 0.5, 5, OptionalDouble.empty(), 1);
    }

    @Override
    public OptionalDouble testAccuracy(Model model) {
      calls.add("test " + model.path());
      return OptionalDouble.of(0.5);
    }
  }

  @Test
  void scoresEachCycleWithTheModelOfTheOneBefore() {
    Fake stages = new Fake(0.1, 0.2, 0.3);
    new CurriculumLabeling(new Curriculum(50), stages).run(cycle -> {});
    assertThat(stages.calls)
        .containsExactly(
            "train 0 with none",
            "test model-0",
            "score 1 by model-0 at 50",
            "train 1 with labels of 1",
            "test model-1",
            "score 2 by model-1 at 0",
            "train 2 with labels of 2",
            "test model-2");
  }

  @Test
  void tellsOfEachCycleWhenItIsDone() {
    List<Integer> told = new ArrayList<>();
    List<CycleResult> results =
        new CurriculumLabeling(new Curriculum(40), new Fake(0, 0, 0, 0))
            .run(cycle -> told.add(cycle.cycle()));
    assertThat(told).containsExactly(0, 1, 2, 3);
    assertThat(results).extracting(CycleResult::cycle).isEqualTo(told);
    assertThat(results.get(0).selection()).isEmpty();
    assertThat(results.get(3).selection().orElseThrow().percentile()).isZero();
  }

  @Test
  void answersWithTheCycleOfTheHighestValidationAccuracy() {
    assertThat(bestOf(0.1, 0.9, 0.3)).isEqualTo(1);
  }

  @Test
  void answersWithTheLatestOfEqualCycles() {
    assertThat(bestOf(0.9, 0.2, 0.9)).isEqualTo(2);
  }

  private static int bestOf(double... validation) {
    List<CycleResult> results =
        new CurriculumLabeling(new Curriculum(50), new Fake(validation)).run(cycle -> {});
    return CurriculumLabeling.best(results).cycle();
  }
}
