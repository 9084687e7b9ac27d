package io.syllabus.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.syllabus.cycle.Calibration;
import io.syllabus.cycle.CycleResult;
import io.syllabus.cycle.Model;
import io.syllabus.cycle.Selection;
import io.syllabus.cycle.Training;
import io.syllabus.evaluate.Proportion;
import io.syllabus.publish.Audit;
import io.syllabus.publish.Outcome;
import io.syllabus.select.Thresholds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A run's summary as JSON, and back: every figure to the last bit. */
final class SummaryJson {
  private SummaryJson() {}

  static String write(RunSummary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runId", summary.runId());
    json.put("state", summary.state().name());
    json.put("seed", summary.seed());
    json.put("oneDnn", summary.oneDnn());
    json.put("workers", summary.workers());
    json.put("unreadableImages", summary.unreadable());
    json.put("bestCycle", summary.best().map(CycleResult::cycle));
    json.put(
        "bestValidationAccuracy", summary.best().map(best -> best.training().validationAccuracy()));
    json.put("testAccuracy", summary.best().map(CycleResult::testAccuracy));
    json.put("labels", summary.labels().map(SummaryJson::json));
    json.put("cycles", summary.cycles().stream().map(SummaryJson::json).toList());
    return Figures.json(json);
  }

  private static Map<String, Object> json(Outcome labels) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("expectedPrecision", labels.expectedPrecision().share());
    json.put("expectedPrecisionLow", labels.expectedPrecision().low());
    json.put("expectedPrecisionHigh", labels.expectedPrecision().high());
    json.put("precision", labels.knownPrecision());
    labels
        .audit()
        .ifPresent(
            audit -> {
              json.put("auditedImages", audit.images());
              json.put("auditedRight", audit.right());
            });
    json.put("keptLabelsOfPeople", labels.kept());
    json.put("withdrawnLabels", labels.withdrawn());
    json.put("publishedVersion", labels.version());
    json.put("refusals", labels.refusals());
    return json;
  }

  private static Map<String, Object> json(CycleResult cycle) {
    Optional<Selection> selection = cycle.selection();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cycle", cycle.cycle());
    json.put("percentile", selection.map(Selection::percentile));
    json.put("threshold", selection.map(s -> s.thresholds().least()));
    selection
        .map(Selection::thresholds)
        .filter(thresholds -> !thresholds.isUniform())
        .ifPresent(thresholds -> json.put("thresholds", thresholds.byLabel()));
    json.put("selected", selection.map(Selection::selected).orElse(0L));
    json.put("selectedOfOtherClasses", selection.map(Selection::foreign).orElse(0L));
    json.put("trainingExamples", cycle.training().examples());
    json.put("pseudoLabelAccuracy", selection.map(Selection::pseudoLabelAccuracy));
    selection
        .flatMap(Selection::calibration)
        .ifPresent(
            calibration -> {
              json.put("temperature", calibration.temperature());
              json.put("calibrationErrorBefore", calibration.errorBefore());
              json.put("calibrationErrorAfter", calibration.errorAfter());
            });
    json.put("validationAccuracy", cycle.training().validationAccuracy());
    json.put("testAccuracy", cycle.testAccuracy());
    json.put("trainSeconds", cycle.training().seconds());
    json.put("scoreSeconds", selection.map(Selection::seconds));
    json.put("trainImagesPerSecond", cycle.training().imagesPerSecond());
    json.put("model", cycle.training().model().path());
    json.put("modelChecksum", cycle.training().model().checksum());
    return json;
  }

  static RunSummary read(String text, int classes) {
    JsonNode json = Figures.tree(text);
    List<CycleResult> cycles = new ArrayList<>();
    json.get("cycles").forEach(cycle -> cycles.add(cycle(cycle, classes)));
    return new RunSummary(
        json.get("runId").asText(),
        RunSummary.State.valueOf(json.get("state").asText()),
        json.get("seed").asLong(),
        json.get("oneDnn").asBoolean(),
        json.get("workers").asInt(),
        json.get("unreadableImages").asLong(),
        cycles,
        labels(json.path("labels")));
  }

  private static Optional<Outcome> labels(JsonNode json) {
    if (json.isNull() || json.isMissingNode()) {
      return Optional.empty();
    }
    JsonNode version = json.get("publishedVersion");
    List<String> refusals = new ArrayList<>();
    json.get("refusals").forEach(refusal -> refusals.add(refusal.asText()));
    return Optional.of(
        new Outcome(
            new Proportion(
                json.get("expectedPrecision").asDouble(),
                json.get("expectedPrecisionLow").asDouble(),
                json.get("expectedPrecisionHigh").asDouble()),
            real(json, "precision"),
            json.has("auditedImages")
                ? Optional.of(
                    new Audit(
                        json.get("auditedImages").asLong(), json.get("auditedRight").asLong()))
                : Optional.empty(),
            json.path("keptLabelsOfPeople").asLong(),
            json.path("withdrawnLabels").asLong(),
            version.isNull() ? OptionalLong.empty() : OptionalLong.of(version.asLong()),
            refusals));
  }

  private static CycleResult cycle(JsonNode json, int classes) {
    Training training =
        new Training(
            new Model(json.get("model").asText(), json.get("modelChecksum").asText()),
            json.get("trainingExamples").asLong(),
            json.get("validationAccuracy").asDouble(),
            json.get("trainSeconds").asDouble(),
            json.get("trainImagesPerSecond").asDouble());
    return new CycleResult(
        json.get("cycle").asInt(), selection(json, classes), training, real(json, "testAccuracy"));
  }

  private static Optional<Selection> selection(JsonNode json, int classes) {
    if (json.get("threshold").isNull()) {
      return Optional.empty();
    }
    JsonNode percentile = json.get("percentile");
    return Optional.of(
        new Selection(
            json.get("cycle").asInt(),
            percentile.isNull() ? OptionalInt.empty() : OptionalInt.of(percentile.asInt()),
            thresholds(json, classes),
            json.get("selected").asLong(),
            json.get("selectedOfOtherClasses").asLong(),
            real(json, "pseudoLabelAccuracy"),
            calibration(json),
            json.get("scoreSeconds").asDouble()));
  }

  private static Thresholds thresholds(JsonNode json, int classes) {
    if (!json.has("thresholds")) {
      return Thresholds.uniform(json.get("threshold").asDouble(), classes);
    }
    List<Double> byLabel = new ArrayList<>();
    json.get("thresholds").forEach(threshold -> byLabel.add(threshold.asDouble()));
    return Thresholds.of(byLabel);
  }

  private static Optional<Calibration> calibration(JsonNode json) {
    return json.has("temperature")
        ? Optional.of(
            new Calibration(
                json.get("temperature").asDouble(),
                json.get("calibrationErrorBefore").asDouble(),
                json.get("calibrationErrorAfter").asDouble()))
        : Optional.empty();
  }

  private static OptionalDouble real(JsonNode json, String key) {
    return json.get(key).isNull()
        ? OptionalDouble.empty()
        : OptionalDouble.of(json.get(key).asDouble());
  }
}
