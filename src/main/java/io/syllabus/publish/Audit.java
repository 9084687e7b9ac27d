package io.syllabus.publish;

import io.syllabus.evaluate.Proportion;

/**
 * What people said of a run's own labels: images that were drawn at random, that its model labeled,
 * and that it was not trained on with a person's label.
 *
 * @param images that people looked at
 * @param right how many of them have the label that the person gave
 */
public record Audit(long images, long right) {

  /** The precision of the run's labels, with the interval that 95 of 100 such audits hit. */
  public Proportion precision() {
    return Proportion.of(right, images);
  }
}
