package io.syllabus.network;

import static io.syllabus.Checks.require;

import java.io.Serializable;

/**
 * Stochastic gradient descent with Nesterov momentum, L2 and a cosine learning rate.
 *
 * @param learningRate rate of the first step, in (0, ∞)
 * @param momentum in [0, 1)
 * @param l2 added to each weight's gradient as {@code l2 · weight}; biases and batch norms are free
 * @param steps optimizer steps in which the rate falls to 0
 */
public record Sgd(double learningRate, double momentum, double l2, int steps)
    implements Serializable {
  public Sgd {
    require(learningRate > 0, "learningRate must be positive, found: %s", learningRate);
    require(momentum >= 0 && momentum < 1, "momentum must be in [0, 1), found: %s", momentum);
    require(l2 >= 0, "l2 must not be negative, found: %s", l2);
    require(steps > 0, "steps must be positive, found: %s", steps);
  }
}
