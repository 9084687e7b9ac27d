package io.syllabus.report;

import io.syllabus.cycle.CurriculumLabeling;
import io.syllabus.cycle.CycleResult;
import io.syllabus.cycle.Selection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of a run, as {@code summary.json} has them: accuracies are fractions of 1, times are
 * seconds, what does not apply is null.
 *
 * @param state how far the run is
 * @param oneDnn whether oneDNN computed
 * @param unreadable images that were quarantined
 * @param cycles those that are done, in order
 */
public record RunSummary(
    String runId,
    State state,
    long seed,
    boolean oneDnn,
    int workers,
    long unreadable,
    List<CycleResult> cycles) {

  /** How far a run is. */
  public enum State {
    RUNNING,
    FINISHED,
    FAILED
  }

  public RunSummary {
    cycles = List.copyOf(cycles);
  }

  /** The same run later. */
  public RunSummary with(State later, List<CycleResult> done) {
    return new RunSummary(runId, later, seed, oneDnn, workers, unreadable, done);
  }

  /** The cycle that is the run's answer; empty before the first is done. */
  public Optional<CycleResult> best() {
    return cycles.isEmpty() ? Optional.empty() : Optional.of(CurriculumLabeling.best(cycles));
  }

  /** The content of {@code summary.json}. */
  public String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runId", runId);
    json.put("state", state.name());
    json.put("seed", seed);
    json.put("oneDnn", oneDnn);
    json.put("workers", workers);
    json.put("unreadableImages", unreadable);
    json.put("bestCycle", best().map(CycleResult::cycle));
    json.put("bestValidationAccuracy", best().map(best -> best.training().validationAccuracy()));
    json.put("testAccuracy", best().map(CycleResult::testAccuracy));
    json.put("cycles", cycles.stream().map(RunSummary::json).toList());
    return Figures.json(json);
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
}
