package io.syllabus.network;

/** A trained network that answers for batches of one size. Not thread-safe. */
public interface Predictor extends AutoCloseable {
  /**
   * The probabilities of a batch's images.
   *
   * @param planes [images, 3, size, size], each value in [-1, 1]
   * @return [images, classes]; each row sums to 1
   */
  float[] probabilities(float[] planes);

  /** Frees native memory. */
  @Override
  void close();
}
