package io.syllabus.network;

import static io.syllabus.Checks.require;

import java.io.Serializable;

/**
 * The mean of a network's parameters over several moments of its training (Izmailov, Podoprikhin,
 * Garipov, Vetrov, Wilson: "Averaging Weights Leads to Wider Optima and Better Generalization", UAI
 * 2018), summed in double precision. The statistics of its batch norms fit none of the networks
 * that were averaged: {@link BatchNormStatistics} measures them anew. Not thread-safe.
 */
public final class WeightAverage implements Serializable {
  private static final long serialVersionUID = 1L;

  private final NetworkSnapshot first;
  private final double[] sum;
  private int snapshots = 1;

  /** Begins with one network. */
  public WeightAverage(NetworkSnapshot first) {
    this.first = first;
    this.sum = new double[first.parameterCount()];
    addTo(first);
  }

  /** Adds the same network at another moment. */
  public void add(NetworkSnapshot snapshot) {
    require(
        snapshot.parameterCount() == sum.length,
        "an average of %s parameters takes no network of %s",
        sum.length,
        snapshot.parameterCount());
    addTo(snapshot);
    snapshots++;
  }

  private void addTo(NetworkSnapshot snapshot) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += snapshot.parameter(i);
    }
  }

  /** The mean of what was added. */
  public NetworkSnapshot mean() {
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / snapshots);
    }
    return first.with(mean);
  }
}
