package io.syllabus.network;

import static io.syllabus.Checks.require;

import java.io.Serializable;

/**
 * Stochastic gradient descent with Nesterov momentum and L2.
 *
 * @param momentum in [0, 1)
 * @param l2 added to each weight's gradient as {@code l2 · weight}; biases and batch norms are free
 * @param maxGradientNorm to which a minibatch's gradient is scaled down; 0 leaves gradients alone
 */
public record Sgd(CosineSchedule learningRate, double momentum, double l2, double maxGradientNorm)
    implements Serializable {
  public Sgd {
    require(momentum >= 0 && momentum < 1, "momentum must be in [0, 1), found: %s", momentum);
    require(l2 >= 0, "l2 must not be negative, found: %s", l2);
    require(
        maxGradientNorm >= 0, "maxGradientNorm must not be negative, found: %s", maxGradientNorm);
  }

  /** Without warm-up, and without a limit to gradients. */
  public static Sgd of(double learningRate, double momentum, double l2, long steps) {
    return new Sgd(new CosineSchedule(learningRate, 0, steps), momentum, l2, 0);
  }
}
