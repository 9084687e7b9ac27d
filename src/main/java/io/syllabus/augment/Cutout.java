package io.syllabus.augment;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Greys out a square about a random pixel, cut off at the border (DeVries, Taylor: "Improved
 * Regularization of Convolutional Neural Networks with Cutout", 2017). Grey is the middle of what
 * the network sees.
 */
final class Cutout {
  private static final byte GREY = (byte) 128;
  private static final int CHANNELS = 3;

  private Cutout() {}

  /** Pixels a side: 16 at 32 × 32 and half the size below, 20 from 224 × 224 on. */
  static int side(int size) {
    return size <= 32 ? size / 2 : Math.min(20, 16 + 4 * (size - 32) / (224 - 32));
  }

  /** Changes the image itself. Draws two values: row and column of the square's middle. */
  static void apply(byte[] image, int size, SplittableRandom random) {
    cut(image, size, Draws.below(size, random), Draws.below(size, random));
  }

  /** Greys out the square about a pixel. */
  static void cut(byte[] image, int size, int row, int column) {
    int half = side(size) / 2;
    int left = Math.max(0, column - half);
    int right = Math.min(size, column + half);
    for (int y = Math.max(0, row - half); y < Math.min(size, row + half); y++) {
      Arrays.fill(image, CHANNELS * (y * size + left), CHANNELS * (y * size + right), GREY);
    }
  }
}
