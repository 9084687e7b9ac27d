package io.syllabus.network.onednn;

import org.bytedeco.javacpp.LongPointer;

/**
 * How a kernel moves over an image: same kernel, stride and padding rule for height and width.
 *
 * @param kernel pixels a side
 * @param stride pixels between two places of the kernel
 * @param same whether the borders are padded with zeros so that the output has ⌈input / stride⌉
 *     pixels a side, one more at the end where they cannot be equal; without it, no padding
 */
record Window(int kernel, int stride, boolean same) {

  /** Pixels a side of the output. */
  long output(long input) {
    return same ? (input + stride - 1) / stride : (input - kernel) / stride + 1;
  }

  LongPointer strides() {
    return both(stride);
  }

  LongPointer kernels() {
    return both(kernel);
  }

  LongPointer paddingBefore(Tensor input) {
    return new LongPointer(padding(input.dimension(2)) / 2, padding(input.dimension(3)) / 2);
  }

  LongPointer paddingAfter(Tensor input) {
    return new LongPointer(
        (padding(input.dimension(2)) + 1) / 2, (padding(input.dimension(3)) + 1) / 2);
  }

  private long padding(long input) {
    return same ? Math.max(0, (output(input) - 1) * stride + kernel - input) : 0;
  }

  private static LongPointer both(long value) {
    return new LongPointer(value, value);
  }
}
