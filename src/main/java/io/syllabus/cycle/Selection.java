package io.syllabus.cycle;

import static io.syllabus.Checks.require;

import io.syllabus.select.Thresholds;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a cycle took out of the pool.
 *
 * @param cycle that the pseudo-labels are for; names them in the store
 * @param percentile of the pool's confidences that the thresholds are, where the rule has one
 * @param thresholds every image that reached its label's was taken
 * @param selected how many that were
 * @param foreign how many of them have a true class without labels, so that no label is right
 * @param pseudoLabelAccuracy share of them with the right label, where truth is known
 * @param calibration of the confidences, where they are calibrated
 * @param seconds wall time of scoring and selecting
 */
public record Selection(
    int cycle,
    OptionalInt percentile,
    Thresholds thresholds,
    long selected,
    long foreign,
    OptionalDouble pseudoLabelAccuracy,
    Optional<Calibration> calibration,
    double seconds) {
  public Selection {
    require(selected >= 0, "selected must not be negative, found: %s", selected);
  }
}
