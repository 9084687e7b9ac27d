package io.syllabus.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.select.Curriculum;
import io.syllabus.select.SelectionRule;
import io.syllabus.select.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CurriculumLabelingTest {

  @Test
  void scoresWithTheModelOfTheCycleBeforeAndTrainsOnWhatThatSelected() {
    StagesOnPaper stages = new StagesOnPaper(0.1, 0.2, 0.3);
    run(50, stages);
    assertThat(stages.log())
        .containsExactly(
            "train 0 on true labels alone",
            "test model-0",
            "score 1 with model-0 at 50",
            "train 1 on 50 pseudo-labels",
            "test model-1",
            "score 2 with model-1 at 0",
            "train 2 on 100 pseudo-labels",
            "test model-2");
  }

  @Test
  void goesOnWithTheWeightsOfTheCycleBeforeWhereItDoesNotRestart() {
    StagesOnPaper stages = new StagesOnPaper(0.1, 0.2, 0.3);
    labeling(50, false, stages).run(List.of(), result -> {});
    assertThat(stages.log())
        .contains(
            "train 0 on true labels alone",
            "train 1 on 50 pseudo-labels from model-0",
            "train 2 on 100 pseudo-labels from model-1");
  }

  @Test
  void scoresWithTheCycleBeforeEvenWhereAnEarlierOneWasBetter() {
    StagesOnPaper stages = new StagesOnPaper(0.9, 0.1, 0.1);
    run(50, stages);
    assertThat(stages.log()).contains("score 2 with model-1 at 0");
  }

  @Test
  void endsWithTheWholePoolWhereTheStepDoesNotDivideHundred() {
    StagesOnPaper stages = new StagesOnPaper(0.1, 0.2, 0.3, 0.4, 0.5);
    List<CycleResult> results = run(30, stages);
    assertThat(results)
        .extracting(result -> result.selection().map(Selection::percentile))
        .containsExactly(
            Optional.empty(),
            Optional.of(OptionalInt.of(70)),
            Optional.of(OptionalInt.of(40)),
            Optional.of(OptionalInt.of(10)),
            Optional.of(OptionalInt.of(0)));
    assertThat(stages.log()).endsWith("train 4 on 100 pseudo-labels", "test model-4");
  }

  @Test
  void aResultHoldsWhatTheStagesSaidOfItsCycle() {
    CycleResult last = run(100, new StagesOnPaper(0.1, 0.2)).get(1);
    assertThat(last.cycle()).isEqualTo(1);
    assertThat(last.selection().orElseThrow().selected()).isEqualTo(100);
    assertThat(last.training().model()).isEqualTo(new Model("model-1", "checksum-1"));
    assertThat(last.training().examples()).isEqualTo(140);
    assertThat(last.training().validationAccuracy()).isEqualTo(0.2);
    assertThat(last.testAccuracy()).hasValue(0.5);
  }

  @Test
  void tellsOfEachCycleBeforeTheNextBegins() {
    StagesOnPaper stages = new StagesOnPaper(0.1, 0.2);
    List<CycleResult> told = new ArrayList<>();
    List<CycleResult> results =
        labeling(100, true, stages)
            .run(
                List.of(),
                result -> {
                  told.add(result);
                  stages.log().add("told of " + result.cycle());
                });
    assertThat(told).isEqualTo(results);
    assertThat(stages.log())
        .containsExactly(
            "train 0 on true labels alone",
            "test model-0",
            "told of 0",
            "score 1 with model-0 at 0",
            "train 1 on 100 pseudo-labels",
            "test model-1",
            "told of 1");
  }

  @Test
  void toldOfTheCyclesBeforeOneThatFails() {
    List<CycleResult> told = new ArrayList<>();
    StagesOnPaper failsInCycleTwo = new StagesOnPaper(0.1, 0.2);
    assertThatThrownBy(() -> labeling(50, true, failsInCycleTwo).run(List.of(), told::add))
        .isInstanceOf(ArrayIndexOutOfBoundsException.class);
    assertThat(told).extracting(CycleResult::cycle).containsExactly(0, 1);
  }

  @Test
  void goesOnAfterTheCyclesThatAreDone() {
    List<CycleResult> whole = run(50, new StagesOnPaper(0.1, 0.2, 0.3));
    StagesOnPaper rest = new StagesOnPaper(0.1, 0.2, 0.3);
    List<CycleResult> told = new ArrayList<>();

    List<CycleResult> results = labeling(50, true, rest).run(whole.subList(0, 2), told::add);

    assertThat(results).usingRecursiveComparison().isEqualTo(whole);
    assertThat(told).containsExactly(results.get(2));
    assertThat(rest.log())
        .containsExactly(
            "score 2 with model-1 at 0", "train 2 on 100 pseudo-labels", "test model-2");
  }

  @Test
  void doesNothingWhereAllCyclesAreDone() {
    List<CycleResult> whole = run(100, new StagesOnPaper(0.1, 0.2));
    StagesOnPaper none = new StagesOnPaper();
    assertThat(labeling(100, true, none).run(whole, cycle -> {})).isEqualTo(whole);
    assertThat(none.log()).isEmpty();
  }

  @Test
  void theBestCycleHasTheHighestValidationAccuracy() {
    List<CycleResult> results = run(30, new StagesOnPaper(0.1, 0.2, 0.8, 0.4, 0.5));
    assertThat(CurriculumLabeling.best(results).cycle()).isEqualTo(2);
  }

  @Test
  void ofEquallyGoodCyclesTheLatestIsTheBest() {
    List<CycleResult> results = run(30, new StagesOnPaper(0.8, 0.2, 0.8, 0.8, 0.5));
    assertThat(CurriculumLabeling.best(results).cycle()).isEqualTo(3);
  }

  @Test
  void aSelectionIsNeverNegative() {
    assertThatThrownBy(
            () ->
                new Selection(
                    1,
                    OptionalInt.of(80),
                    Thresholds.uniform(0.5, 2),
                    -1,
                    0,
                    OptionalDouble.empty(),
                    Optional.empty(),
                    1))
        .hasMessage("selected must not be negative, found: -1");
  }

  private static List<CycleResult> run(int stepPercent, Stages stages) {
    return labeling(stepPercent, true, stages).run(List.of(), result -> {});
  }

  private static CurriculumLabeling labeling(int stepPercent, boolean restarts, Stages stages) {
    Curriculum curriculum = new Curriculum(stepPercent, 100);
    return new CurriculumLabeling(
        curriculum, new SelectionRule.Percentile(curriculum), restarts, stages);
  }
}
