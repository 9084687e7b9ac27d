package io.syllabus.evaluate;

import static io.syllabus.Checks.require;

import java.io.Serializable;

/**
 * A share that was counted on a sample, with the interval that holds the true one in 95 of 100
 * cases: Wilson's score interval, which is sound for few images and for shares near 0 and 1 (Brown,
 * Cai, DasGupta: "Interval Estimation for a Binomial Proportion", Statistical Science 2001).
 *
 * @param share in [0, 1]; of no images, 0.5
 * @param low in [0, share]
 * @param high in [share, 1]
 */
public record Proportion(double share, double low, double high) implements Serializable {
  /** Standard errors on either side of a normal estimate that hold 95 per cent. */
  static final double Z = 1.959963984540054;

  /**
   * The share of some among all.
   *
   * @param images at least 0; of none nothing is known, and the interval is [0, 1]
   */
  public static Proportion of(long some, long images) {
    require(some >= 0 && some <= images, "%s of %s is no share", some, images);
    if (images == 0) {
      return new Proportion(0.5, 0, 1);
    }
    double share = (double) some / images;
    double weight = Z * Z / images;
    double centre = (share + weight / 2) / (1 + weight);
    double reach =
        Z * Math.sqrt(share * (1 - share) / images + weight / (4 * images)) / (1 + weight);
    return new Proportion(
        share,
        Math.min(share, Math.max(0, centre - reach)),
        Math.max(share, Math.min(1, centre + reach)));
  }

  /**
   * A share whose estimate has a standard error, as if it were normally distributed.
   *
   * @param share in [0, 1]
   */
  public static Proportion of(double share, double standardError) {
    double reach = Z * standardError;
    return new Proportion(share, Math.max(0, share - reach), Math.min(1, share + reach));
  }

  /** The standard error of a normal estimate with an interval as wide. */
  public double standardError() {
    return (high - low) / (2 * Z);
  }
}
