package io.syllabus.publish;

import io.syllabus.evaluate.Proportion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What became of the labels that a run came to.
 *
 * @param expectedPrecision how probably a label of the model is right
 * @param knownPrecision the share that is right, where the truth is known of some
 * @param audit what people said of them; empty where nobody was asked
 * @param kept images whose label is a person's by now, given since the run began
 * @param withdrawn images without a label: that of a person was taken back, and the model gave none
 * @param version of the published labels that has them; empty where quality gates refused them
 * @param refusals what the gates had against them; with a version, they were overruled
 */
public record Outcome(
    Proportion expectedPrecision,
    OptionalDouble knownPrecision,
    Optional<Audit> audit,
    long kept,
    long withdrawn,
    OptionalLong version,
    List<String> refusals) {
  public Outcome {
    refusals = List.copyOf(refusals);
  }

  /** Whether the labels are not published. */
  public boolean isRefused() {
    return version.isEmpty();
  }
}
