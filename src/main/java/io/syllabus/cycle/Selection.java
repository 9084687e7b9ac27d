package io.syllabus.cycle;

import static io.syllabus.Checks.require;

import java.util.OptionalDouble;

/**
 * What a cycle took out of the pool.
 *
 * @param cycle that the pseudo-labels are for; names them in the store
 * @param percentile of the pool's confidences that the threshold is
 * @param threshold every image with this confidence or more was taken
 * @param selected how many that were
 * @param pseudoLabelAccuracy share of them with the right label, where truth is known
 * @param seconds wall time of scoring and selecting
 */
public record Selection(
    int cycle,
    int percentile,
    double threshold,
    long selected,
    OptionalDouble pseudoLabelAccuracy,
    double seconds) {
  public Selection {
    require(selected >= 0, "selected must not be negative, found: %s", selected);
  }
}
