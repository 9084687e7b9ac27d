package io.syllabus.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.syllabus.cycle.CycleResult;
import io.syllabus.evaluate.Proportion;
import io.syllabus.publish.Audit;
import io.syllabus.publish.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void hasTheFiguresOfTheRunUnderTheirKeys() throws JsonProcessingException {
    JsonNode json = read(Runs.of(Runs.FIRST, Runs.SECOND));
    assertThat(json)
        .isEqualTo(
            JSON.readTree(
                """
                {
                  "runId": "a",
                  "state": "RUNNING",
                  "seed": 17,
                  "oneDnn": true,
                  "workers": 2,
                  "unreadableImages": 3,
                  "bestCycle": 1,
                  "bestValidationAccuracy": 0.875,
                  "testAccuracy": 0.8125,
                  "labels": null,
                  "cycles": [
                    {
                      "cycle": 0,
                      "percentile": null,
                      "threshold": null,
                      "selected": 0,
                      "selectedOfOtherClasses": 0,
                      "trainingExamples": 40,
                      "pseudoLabelAccuracy": null,
                      "validationAccuracy": 0.625,
                      "testAccuracy": null,
                      "trainSeconds": 2.5,
                      "scoreSeconds": null,
                      "trainImagesPerSecond": 400.0,
                      "model": "runs/a/cycle-0/model.zip",
                      "modelChecksum": "00ff"
                    },
                    {
                      "cycle": 1,
                      "percentile": 80,
                      "threshold": 0.75,
                      "selected": 12345,
                      "selectedOfOtherClasses": 12,
                      "trainingExamples": 12385,
                      "pseudoLabelAccuracy": 0.5,
                      "temperature": 1.5,
                      "calibrationErrorBefore": 0.25,
                      "calibrationErrorAfter": 0.125,
                      "validationAccuracy": 0.875,
                      "testAccuracy": 0.8125,
                      "trainSeconds": 100.0,
                      "scoreSeconds": 1.25,
                      "trainImagesPerSecond": 8192.0,
                      "model": "runs/a/cycle-1/model.zip",
                      "modelChecksum": "11ff"
                    }
                  ]
                }
                """));
  }

  @Test
  void namesEveryKeyBeforeTheFirstCycleIsDone() throws JsonProcessingException {
    JsonNode json = read(Runs.of());
    for (String key : List.of("bestCycle", "bestValidationAccuracy", "testAccuracy")) {
      assertThat(json.has(key)).as(key).isTrue();
      assertThat(json.get(key).isNull()).as(key).isTrue();
    }
    assertThat(json.get("cycles")).isEmpty();
    assertThat(Runs.of().best()).isEmpty();
  }

  @Test
  void theTestAccuracyIsTheBestCyclesEvenWhereThatHasNone() throws JsonProcessingException {
    JsonNode json = read(Runs.of(Runs.FIRST));
    assertThat(json.get("bestCycle").asInt()).isZero();
    assertThat(json.get("testAccuracy").isNull()).isTrue();
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(RunSummary.ofJson(Runs.of().toJson(), 2)).isEqualTo(Runs.of());
    RunSummary summary = Runs.of(Runs.FIRST, Runs.SECOND, Runs.BY_CLASS);
    RunSummary read = RunSummary.ofJson(summary.toJson(), 2);
    assertThat(read).usingRecursiveComparison().isEqualTo(summary);
    assertThat(read.toJson()).isEqualTo(summary.toJson());
  }

  @Test
  void saysWhatBecameOfTheLabels() throws JsonProcessingException {
    RunSummary published =
        Runs.of(Runs.FIRST)
            .with(
                new Outcome(
                    new Proportion(1.0 / 3, 0.25, 0.5),
                    OptionalDouble.of(0.375),
                    Optional.of(new Audit(8, 0)),
                    1_234,
                    2,
                    OptionalLong.of(4),
                    List.of("too few")));
    JsonNode labels = read(published).get("labels");
    assertThat(labels.toString())
        .isEqualTo(
            "{\"expectedPrecision\":0.3333333333333333,\"expectedPrecisionLow\":0.25,"
                + "\"expectedPrecisionHigh\":0.5,\"precision\":0.375,\"auditedImages\":8,\"auditedRight\":0,"
                + "\"keptLabelsOfPeople\":1234,\"withdrawnLabels\":2,\"publishedVersion\":4,"
                + "\"refusals\":[\"too few\"]}");
    assertThat(RunSummary.ofJson(published.toJson(), 2)).isEqualTo(published);
    assertThat(SummaryTable.render(published))
        .endsWith(
            String.format(
                "Labels: published as version 4, expected precision 33.33 %% (25.00 %% to 50.00 %%),"
                    + " 37.50 %% where the truth is known%n"
                    + "Audit: of 8 images drawn at random 0 had the right label, 0.00 %% (0.00 %% to"
                    + " 32.44 %%)%n"
                    + "1,234 labels of people since this run began are kept%n"
                    + "2 images whose label people took back have none until jobs/label"
                    + " --incremental labels them%n"));
  }

  @Test
  void readsLabelsThatWereRefused() {
    RunSummary refused =
        Runs.of(Runs.FIRST)
            .with(
                new Outcome(
                    new Proportion(0.5, 0, 1),
                    OptionalDouble.empty(),
                    Optional.empty(),
                    0,
                    0,
                    OptionalLong.empty(),
                    List.of("a", "b")));
    assertThat(RunSummary.ofJson(refused.toJson(), 2)).isEqualTo(refused);
    // As it was written before audits and later labels of people were in it.
    String before =
        refused
            .toJson()
            .lines()
            .filter(line -> !line.contains("keptLabels") && !line.contains("withdrawnLabels"))
            .collect(Collectors.joining());
    assertThat(RunSummary.ofJson(before, 2)).isEqualTo(refused);
    assertThat(SummaryTable.render(refused)).contains("Labels: not published, expected precision");
  }

  @Test
  void laterItIsTheSameRunInAnotherState() {
    RunSummary later =
        Runs.of(Runs.FIRST).with(RunSummary.State.FINISHED, List.of(Runs.FIRST, Runs.SECOND));
    assertThat(later)
        .isEqualTo(
            new RunSummary(
                "a",
                RunSummary.State.FINISHED,
                17,
                true,
                2,
                3,
                List.of(Runs.FIRST, Runs.SECOND),
                Optional.empty()));
  }

  @Test
  void copiesTheCycles() {
    List<CycleResult> cycles = new ArrayList<>(List.of(Runs.FIRST));
    RunSummary summary = Runs.of().with(RunSummary.State.RUNNING, cycles);
    cycles.add(Runs.SECOND);
    assertThat(summary.cycles()).containsExactly(Runs.FIRST);
  }

  private static JsonNode read(RunSummary summary) throws JsonProcessingException {
    assertThat(summary.toJson()).endsWith("}\n");
    return JSON.readTree(summary.toJson());
  }
}
