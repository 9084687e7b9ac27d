package io.syllabus.network;

/**
 * Keeps the network with the highest validation accuracy; of equals, the latest. Not thread-safe.
 */
public final class BestNetwork {
  private NetworkSnapshot network;
  private double validationAccuracy = -1;

  /** Begins with none. */
  public BestNetwork() {}

  /** Goes on with the best so far. */
  public BestNetwork(NetworkSnapshot network, double validationAccuracy) {
    this.network = network;
    this.validationAccuracy = validationAccuracy;
  }

  /**
   * Takes the network at the end of an epoch.
   *
   * @param accuracy on the validation images, in [0, 1]
   */
  public void offer(NetworkSnapshot candidate, double accuracy) {
    if (accuracy >= validationAccuracy) {
      network = candidate;
      validationAccuracy = accuracy;
    }
  }

  public NetworkSnapshot network() {
    return network;
  }

  public double validationAccuracy() {
    return validationAccuracy;
  }
}
