package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs with other choices than the published ones, and what such a choice would have done.
 */
class RunChoicesTest {
  private static final int POOL = 30;

  @TempDir private static Path folder;
  private static JobRunner jobs;

  @BeforeAll
  static void train() {
    jobs = new JobRunner(folder.resolve("store"));
    train("plain");
  }

  @Test
  void trainsWithTheWholeRecipe() throws IOException {
    train(
        "recipe",
        "training.augmentation=heavy",
        "training.mixup-alpha=1",
        "training.label-smoothing=0.1",
        "training.epochs=2",
        "training.warm-up-epochs=1",
        "training.decay-epochs=3",
        "training.max-gradient-norm=5",
        "training.weight-averaging.start-epoch=1",
        "training.weight-averaging.every-epochs=1",
        "network.dropout=0.1",
        "scoring.calibrate=true");
    for (String line : Files.readAllLines(jobs.run("recipe").resolve("cycle-2/metrics.jsonl"))) {
      double averaged =
          new ObjectMapper().readTree(line).get("averagedValidationAccuracy").asDouble();
      assertThat(averaged).isBetween(0.0, 1.0);
    }
    JsonNode last = jobs.summary("recipe").get("cycles").get(2);
    assertThat(last.get("selected").asInt()).isEqualTo(POOL);
    assertThat(last.get("temperature").asDouble()).isBetween(0.05, 20.0);
    assertThat(last.get("calibrationErrorBefore").asDouble()).isBetween(0.0, 1.0);
    assertThat(last.get("calibrationErrorAfter").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void labelsWithTrueLabelsAloneWhereNoCycleIsLet() throws IOException {
    List<String> settings = withDigits("curriculum.max-cycles=0");
    settings.addAll(LocalSpark.PUBLISHING);
    JobRunner.End end = jobs.selfTrain("alone", settings);
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(jobs.summary("alone").get("cycles")).hasSize(1);
    List<Row> labels = jobs.table("labels", "source", "first_cycle", "label_changes", "threshold");
    assertThat(labels.stream().filter(row -> row.getString(0).equals("model")))
        .hasSize(POOL)
        .allSatisfy(
            row -> {
              assertThat(row.isNullAt(1)).isTrue();
              assertThat(row.getInt(2)).isZero();
              assertThat(row.isNullAt(3)).isTrue();
            });
  }

  @Test
  void takesTheMostConfidentOfEachClass() throws IOException {
    train("top", "curriculum.rule=top-k-per-class", "curriculum.top-k=2");
    for (int cycle = 1; cycle <= 2; cycle++) {
      int most = 2 * cycle;
      Map<String, Integer> found = new TreeMap<>();
      Map<String, Integer> selected = new TreeMap<>();
      for (Row row : scores("top", cycle)) {
        found.merge(row.getString(2), 1, Integer::sum);
        selected.merge(row.getString(2), row.getBoolean(3) ? 1 : 0, Integer::sum);
      }
      assertThat(selected)
          .allSatisfy(
              (label, count) -> assertThat(count).isEqualTo(Math.min(most, found.get(label))));
    }
    assertThat(jobs.summary("top").get("cycles").get(1).get("percentile").isNull()).isTrue();
  }

  @Test
  void keepsTheLabelsThatItGave() throws IOException {
    train("keep", "curriculum.relabel=keep");
    Map<String, String> before = labels("keep", 1, true);
    assertThat(before).hasSizeBetween(POOL / 2, POOL - 1);
    assertThat(labels("keep", 2, true)).containsAllEntriesOf(before).hasSize(POOL);
  }

  @Test
  void goesOnFromTheWeightsOfTheCycleBefore() throws IOException {
    // A rate that changes nothing: what is left is where each cycle began.
    String still = "training.learning-rate=1e-30";
    train("continued", "curriculum.restart=false", still, "training.l2=0");
    train("restarted", still, "training.l2=0");
    assertThat(weights("continued", 1)).isEqualTo(weights("continued", 0));
    assertThat(weights("restarted", 1)).isNotEqualTo(weights("restarted", 0));
  }

  @Test
  void trainsOnSoftPseudoLabels() throws IOException {
    for (String kind : List.of("hard", "soft")) {
      train(
          kind,
          "training.pseudo-labels=" + kind,
          "training.labeled-per-minibatch=4",
          "training.class-balance=0.8",
          "training.entropy=0.4",
          "training.class-weights=none",
          "training.mixup-alpha=1",
          "training.epochs=2",
          "curriculum.rule=all",
          "curriculum.step-percent=100",
          "curriculum.restart=false");
    }
    JsonNode cycles = jobs.summary("soft").get("cycles");
    assertThat(cycles).hasSize(2);
    assertThat(cycles.get(1).get("trainingExamples").asInt()).isEqualTo(30 + POOL);
    assertThat(weights("hard", 0)).isEqualTo(weights("soft", 0));
    assertThat(weights("hard", 1)).isNotEqualTo(weights("soft", 1));
  }

  @Test
  void tellsWhatItTookOfClassesWithoutLabels() throws IOException {
    train(
        "foreign",
        "data.split.labeled-classes=zero, one, two",
        "data.split.unlabeled-classes=two, three, four");
    JsonNode last = jobs.summary("foreign").get("cycles").get(2);
    assertThat(last.get("selected").asInt()).isEqualTo(9);
    assertThat(last.get("selectedOfOtherClasses").asInt()).isEqualTo(6);
    assertThat(last.get("pseudoLabelAccuracy").asDouble()).isLessThanOrEqualTo(3 / 9.0);
    assertThat(last.get("trainingExamples").asInt()).isEqualTo(3 * 3 + 9);

    JobRunner.End end = jobs.evaluate("foreign");
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said()).contains(", 6 images").doesNotContain("four");
  }

  @Test
  void refusesClassesThatThereAreNot() {
    JobRunner.End end = jobs.selfTrain("wrong", withDigits("data.split.labeled-classes=zero,ten"));
    assertThat(end.exitCode()).isEqualTo(3);
    assertThat(end.said())
        .endsWith(
            "data.split.labeled-classes names \"ten\", which is no class of the generated data:"
                + " those are eight, five, four, nine, one, seven, six, three, two, zero");
  }

  @Test
  void saysWhatTheRunsOwnRuleSelectedAndWhatAnotherWouldHave() throws IOException {
    Path json = folder.resolve("selection.json");
    JobRunner.End own = jobs.select("plain", "--json", json.toString());
    assertThat(own.exitCode()).as(own.said()).isZero();
    JsonNode replayed = new ObjectMapper().readTree(json.toFile());
    for (int cycle = 1; cycle <= 2; cycle++) {
      JsonNode line = replayed.get(cycle - 1);
      JsonNode ran = jobs.summary("plain").get("cycles").get(cycle);
      assertThat(line.get("selected")).isEqualTo(ran.get("selected"));
      assertThat(line.get("selectedByTheRun")).isEqualTo(ran.get("selected"));
      assertThat(line.get("pseudoLabelAccuracy")).isEqualTo(ran.get("pseudoLabelAccuracy"));
      assertThat(line.get("thresholds").get(0)).isEqualTo(ran.get("threshold"));
    }

    JobRunner.End all = jobs.select("plain", "--rule", "all", "--json", json.toString());
    assertThat(all.exitCode()).as(all.said()).isZero();
    assertThat(new ObjectMapper().readTree(json.toFile()).get(0).get("selected").asInt())
        .isEqualTo(POOL);
    assertThat(all.said()).contains("cycle  percentile").contains("run itself");
  }

  @Test
  void refusesToReplayOtherSettings() {
    assertThat(jobs.select("plain", "--set", "training.epochs=3"))
        .isEqualTo(
            new JobRunner.End(
                2, "select takes settings under curriculum only, found: training.epochs"));
    JobRunner.End end = jobs.select("plain", "--rule", "best");
    assertThat(end.exitCode()).isEqualTo(2);
    assertThat(end.said())
        .isEqualTo(
            "curriculum.rule must be one of percentile, percentile-per-class, fixed-threshold,"
                + " top-k-per-class, all, found: best (--set)");
  }

  private static void train(String runId, String... settings) {
    JobRunner.End end = jobs.selfTrain(runId, withDigits(settings));
    assertThat(end.exitCode()).as(end.said()).isZero();
  }

  private static List<String> withDigits(String... settings) {
    List<String> all = new ArrayList<>(LocalSpark.DIGITS);
    all.addAll(List.of(settings));
    return all;
  }

  private static List<Row> scores(String runId, int cycle) {
    return jobs.table("runs/" + runId + "/scores", "cycle", "id", "label", "selected").stream()
        .filter(row -> row.getInt(0) == cycle)
        .toList();
  }

  private static Map<String, String> labels(String runId, int cycle, boolean selected) {
    Map<String, String> labels = new TreeMap<>();
    for (Row row : scores(runId, cycle)) {
      if (row.getBoolean(3) == selected) {
        labels.put(row.getString(1), row.getString(2));
      }
    }
    return labels;
  }

  private static float[] weights(String runId, int cycle) throws IOException {
    return jobs.weights(runId, cycle);
  }
}
