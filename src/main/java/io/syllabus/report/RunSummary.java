package io.syllabus.report;

import io.syllabus.cycle.CurriculumLabeling;
import io.syllabus.cycle.CycleResult;
import io.syllabus.publish.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * The figures of a run, as {@code summary.json} has them: accuracies are fractions of 1, times are
 * seconds, what does not apply is null.
 *
 * @param state how far the run is
 * @param oneDnn whether oneDNN computed
 * @param unreadable images that were quarantined
 * @param cycles those that are done, in order
 * @param labels what became of the labels; empty before the end, and where none are published
 */
public record RunSummary(
    String runId,
    State state,
    long seed,
    boolean oneDnn,
    int workers,
    long unreadable,
    List<CycleResult> cycles,
    Optional<Outcome> labels) {

  /** How far a run is. */
  public enum State {
    RUNNING,
    FINISHED,
    /** It was told to stop. */
    STOPPED,
    FAILED
  }

  public RunSummary {
    cycles = List.copyOf(cycles);
  }

  /** The same run later. */
  public RunSummary with(State later, List<CycleResult> done) {
    return new RunSummary(runId, later, seed, oneDnn, workers, unreadable, done, labels);
  }

  /** The same run once it has come to labels. */
  public RunSummary with(Outcome outcome) {
    return new RunSummary(
        runId, state, seed, oneDnn, workers, unreadable, cycles, Optional.of(outcome));
  }

  /** The cycle that is the run's answer; empty before the first is done. */
  public Optional<CycleResult> best() {
    return cycles.isEmpty() ? Optional.empty() : Optional.of(CurriculumLabeling.best(cycles));
  }

  /** The content of {@code summary.json}. */
  public String toJson() {
    return SummaryJson.write(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param classes how many labels the run has
   */
  public static RunSummary ofJson(String json, int classes) {
    return SummaryJson.read(json, classes);
  }
}
