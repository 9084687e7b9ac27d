package io.syllabus.network;

import static io.syllabus.Checks.require;

import io.syllabus.config.NetworkSettings.Architecture;
import java.io.Serializable;

/**
 * What keeps a network from learning its training examples by heart.
 *
 * @param dropout part of the activations that training drops, in [0, 1)
 * @param output what is added to the loss
 */
public record Regularization(double dropout, OutputRegularizers output) implements Serializable {
  public Regularization {
    require(dropout >= 0 && dropout < 1, "dropout must be in [0, 1), found: %s", dropout);
  }

  /** An architecture's own: dropout of a half for cnn-13, nothing for others. */
  public static Regularization of(Architecture architecture) {
    double dropout = architecture == Architecture.CNN_13 ? 0.5 : 0;
    return new Regularization(dropout, OutputRegularizers.NONE);
  }
}
