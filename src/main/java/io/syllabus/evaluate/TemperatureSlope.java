package io.syllabus.evaluate;

import java.io.Serializable;

/**
 * First and second derivative of the cross entropy of softened probabilities with respect to the
 * inverse temperature, over labeled images: what a Newton step towards the best temperature needs.
 * With log probabilities z, inverse temperature β and q = softmax(β · z) they are the sums of
 * {@code E_q[z] − z_truth} and {@code Var_q[z]}; the second is never negative, so there is one
 * minimum. Not thread-safe.
 */
public final class TemperatureSlope implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double inverseTemperature;
  private double first;
  private double second;

  /**
   * @param inverseTemperature at which the derivatives are taken, positive
   */
  public TemperatureSlope(double inverseTemperature) {
    this.inverseTemperature = inverseTemperature;
  }

  /** Adds one image. */
  public void add(float[] probabilities, int truth) {
    float[] softened = Temperature.soften(probabilities, 1 / inverseTemperature);
    double mean = 0;
    double squares = 0;
    for (int c = 0; c < softened.length; c++) {
      double logarithm = Temperature.logarithm(probabilities[c]);
      mean += softened[c] * logarithm;
      squares += softened[c] * logarithm * logarithm;
    }
    first += mean - Temperature.logarithm(probabilities[truth]);
    second += Math.max(0, squares - mean * mean);
  }

  /** Adds what was summed elsewhere at the same temperature. */
  public TemperatureSlope merge(TemperatureSlope other) {
    first += other.first;
    second += other.second;
    return this;
  }

  /** The first derivative. */
  public double first() {
    return first;
  }

  /** The second derivative. */
  public double second() {
    return second;
  }
}
