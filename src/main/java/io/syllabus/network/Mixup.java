package io.syllabus.network;

import static io.syllabus.Checks.require;

import io.syllabus.Seeds;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * How one minibatch is mixed: image i becomes {@code share} · image i + (1 − {@code share}) · image
 * {@code partners[i]}, and so does its label (Zhang, Cisse, Dauphin, Lopez-Paz: "mixup: Beyond
 * Empirical Risk Minimization", ICLR 2018).
 *
 * @param share in [0, 1]
 * @param partners a permutation of the minibatch's places
 */
record Mixup(float share, int[] partners) {

  /**
   * Draws the share from Beta(α, α), and partners.
   *
   * @param alpha positive: the smaller, the less is mixed
   */
  static Mixup drawn(double alpha, int images, SplittableRandom random) {
    require(alpha > 0, "alpha must be positive, found: %s", alpha);
    // The quantile of a uniform number: one draw, where a sampler that rejects takes any number.
    double share =
        new BetaDistribution(null, alpha, alpha).inverseCumulativeProbability(random.nextDouble());
    return new Mixup((float) share, Seeds.permutation(images, random));
  }

  /** Mixes rows of equal length. */
  float[] of(float[] rows) {
    float[] mixed = new float[rows.length];
    int length = rows.length / partners.length;
    for (int i = 0; i < partners.length; i++) {
      int own = i * length;
      int others = partners[i] * length;
      for (int k = 0; k < length; k++) {
        mixed[own + k] = share * rows[own + k] + (1 - share) * rows[others + k];
      }
    }
    return mixed;
  }
}
