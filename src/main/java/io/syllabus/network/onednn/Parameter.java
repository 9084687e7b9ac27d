package io.syllabus.network.onednn;

import java.util.Arrays;

/**
 * A layer's parameter: where it lies in the network's flat vectors of parameters and gradients.
 *
 * @param offset of its first value
 * @param shape with the last dimension contiguous
 */
record Parameter(long offset, long... shape) {

  /** How many values it has. */
  int length() {
    long length = 1;
    for (long dimension : shape) {
      length *= dimension;
    }
    return Math.toIntExact(length);
  }

  /** The parameter within a flat vector at a native address. */
  Tensor in(long vector) {
    return Tensor.at(Tensor.rows(shape), vector + Float.BYTES * offset);
  }

  /** The parameter's values out of a flat vector. */
  float[] of(float[] vector) {
    int first = Math.toIntExact(offset);
    return Arrays.copyOfRange(vector, first, first + length());
  }
}
