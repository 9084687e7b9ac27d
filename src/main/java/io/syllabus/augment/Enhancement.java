package io.syllabus.augment;

import java.util.Arrays;

/**
 * Operations that mix an image with a version of it that lacks something, as Pillow's ImageEnhance
 * does: with factor 0 it is gone, 1 leaves the image as it is, more exaggerates.
 */
final class Enhancement {
  private static final int CHANNELS = 3;

  private Enhancement() {}

  /** Mixes with the image in grey. */
  static byte[] color(byte[] image, double factor) {
    byte[] grey = new byte[image.length];
    for (int i = 0; i < image.length; i += CHANNELS) {
      Arrays.fill(grey, i, i + CHANNELS, (byte) luma(image, i));
    }
    return mixed(grey, image, factor);
  }

  /** Mixes with the image's mean grey. */
  static byte[] contrast(byte[] image, double factor) {
    long sum = 0;
    for (int i = 0; i < image.length; i += CHANNELS) {
      sum += luma(image, i);
    }
    byte[] mean = new byte[image.length];
    Arrays.fill(mean, (byte) (int) ((double) sum * CHANNELS / image.length + 0.5));
    return mixed(mean, image, factor);
  }

  /** Mixes with black. */
  static byte[] brightness(byte[] image, double factor) {
    return mixed(new byte[image.length], image, factor);
  }

  /** Mixes with the image smoothed: each pixel the mean of its 3 × 3, itself counted five times. */
  static byte[] sharpness(byte[] image, int size, double factor) {
    return mixed(smoothed(image, size), image, factor);
  }

  // The border stays as it is.
  private static byte[] smoothed(byte[] image, int size) {
    byte[] smooth = image.clone();
    int row = CHANNELS * size;
    for (int y = 1; y < size - 1; y++) {
      for (int i = y * row + CHANNELS; i < (y + 1) * row - CHANNELS; i++) {
        int sum = 4 * value(image, i);
        for (int from = i - row; from <= i + row; from += row) {
          sum += value(image, from - CHANNELS) + value(image, from) + value(image, from + CHANNELS);
        }
        smooth[i] = (byte) ((2 * sum + 13) / 26);
      }
    }
    return smooth;
  }

  private static byte[] mixed(byte[] without, byte[] image, double factor) {
    byte[] mixed = new byte[image.length];
    for (int i = 0; i < image.length; i++) {
      int from = value(without, i);
      int value = (int) (from + (float) factor * (value(image, i) - from));
      mixed[i] = (byte) Math.max(0, Math.min(255, value));
    }
    return mixed;
  }

  // ITU-R 601-2 luma, in 16 bits of fraction, rounded.
  private static int luma(byte[] image, int i) {
    return (value(image, i) * 19595
            + value(image, i + 1) * 38470
            + value(image, i + 2) * 7471
            + 0x8000)
        >> 16;
  }

  private static int value(byte[] image, int i) {
    return image[i] & 0xff;
  }
}
