package io.syllabus.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.syllabus.cycle.CycleResult;
import io.syllabus.cycle.Model;
import io.syllabus.cycle.Selection;
import io.syllabus.cycle.Training;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  private static final CycleResult FIRST =
      new CycleResult(
          0,
          Optional.empty(),
          new Training(new Model("m0", "c0"), 200, 0.5, 12.5, 400),
          OptionalDouble.of(0.48));
  private static final CycleResult SECOND =
      new CycleResult(
          1,
          Optional.of(new Selection(1, 80, 0.9, 800, OptionalDouble.of(0.875), 1.5)),
          new Training(new Model("m1", "c1"), 1000, 0.75, 20, 500),
          OptionalDouble.empty());
  private static final RunSummary SUMMARY =
      new RunSummary("r1", RunSummary.State.FINISHED, 821, true, 2, 3, List.of(FIRST, SECOND));

  @Test
  void writesTheFiguresOfARun() throws IOException {
    JsonNode json = new ObjectMapper().readTree(SUMMARY.toJson());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "runId",
            "state",
            "seed",
            "oneDnn",
            "workers",
            "unreadableImages",
            "bestCycle",
            "bestValidationAccuracy",
            "testAccuracy",
            "cycles");
    assertThat(json.get("state").asText()).isEqualTo("FINISHED");
    assertThat(json.get("bestCycle").asInt()).isEqualTo(1);
    assertThat(json.get("bestValidationAccuracy").asDouble()).isEqualTo(0.75);
    assertThat(json.get("testAccuracy").isNull()).isTrue();
  }

  @Test
  void writesTheFiguresOfEachCycleWithNullForWhatDoesNotApply() throws IOException {
    JsonNode cycles = new ObjectMapper().readTree(SUMMARY.toJson()).get("cycles");
    assertThat(cycles.get(0).fieldNames())
        .toIterable()
        .containsExactly(
            "cycle",
            "percentile",
            "threshold",
            "selected",
            "trainingExamples",
            "pseudoLabelAccuracy",
            "validationAccuracy",
            "testAccuracy",
            "trainSeconds",
            "scoreSeconds",
            "trainImagesPerSecond",
            "model",
            "modelChecksum");
    assertThat(cycles.get(0).get("percentile").isNull()).isTrue();
    assertThat(cycles.get(0).get("testAccuracy").asDouble()).isEqualTo(0.48);
    assertThat(cycles.get(1).get("threshold").asDouble()).isEqualTo(0.9);
    assertThat(cycles.get(1).get("selected").asLong()).isEqualTo(800);
    assertThat(cycles.get(1).get("pseudoLabelAccuracy").asDouble()).isEqualTo(0.875);
    assertThat(cycles.get(1).get("testAccuracy").isNull()).isTrue();
  }

  @Test
  void hasNoBestCycleBeforeTheFirstIsDone() throws IOException {
    RunSummary started = SUMMARY.with(RunSummary.State.RUNNING, List.of());
    JsonNode json = new ObjectMapper().readTree(started.toJson());
    assertThat(json.get("state").asText()).isEqualTo("RUNNING");
    assertThat(json.get("bestCycle").isNull()).isTrue();
  }

  @Test
  void rendersATableForTheTerminal() {
    assertThat(SummaryTable.render(SUMMARY).lines())
        .containsExactly(
            "cycle  percentile  threshold    selected  pseudo-label  validation      test  seconds",
            "    0           -          -           -             -     50.00 %   48.00 %     12.5",
            "    1          80     0.9000         800       87.50 %     75.00 %         -     21.5",
            "Best by validation: cycle 1, validation 75.00 %, test -");
  }
}
