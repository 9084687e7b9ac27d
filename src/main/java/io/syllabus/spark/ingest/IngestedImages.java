package io.syllabus.spark.ingest;

import java.util.List;

/**
 * What a run found in its sources.
 *
 * @param classes names in the order of their labels
 * @param pool images in the pool, for the display
 * @param unreadable images that were quarantined
 * @param batches of the ingest
 * @param examplesVersion of the examples table that the run is pinned to
 */
public record IngestedImages(
    List<String> classes, long pool, long unreadable, int batches, long examplesVersion) {
  public IngestedImages {
    classes = List.copyOf(classes);
  }
}
