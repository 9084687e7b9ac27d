package io.syllabus.data;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** What a camera does to all pixels of an image alike. */
final class PixelEffects {
  private static final int[] SHIFTS = {16, 8, 0};

  private PixelEffects() {}

  /** Replaces each channel by its mean over the pixel and its neighbors, weighed 1-2-1 each way. */
  static void blur(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] from = image.getRGB(0, 0, width, height, null, 0, width);
    int[] to = new int[from.length];
    for (int y = 0; y < height; y++) {
      int above = Math.max(0, y - 1) * width;
      int below = Math.min(height - 1, y + 1) * width;
      for (int x = 0; x < width; x++) {
        int left = Math.max(0, x - 1);
        int right = Math.min(width - 1, x + 1);
        for (int shift : SHIFTS) {
          int sum =
              row(from, above, left, x, right, shift)
                  + 2 * row(from, y * width, left, x, right, shift)
                  + row(from, below, left, x, right, shift);
          to[y * width + x] |= ((sum + 8) / 16) << shift;
        }
      }
    }
    image.setRGB(0, 0, width, height, to, 0, width);
  }

  private static int row(int[] pixels, int row, int left, int x, int right, int shift) {
    return (pixels[row + left] >> shift & 0xff)
        + 2 * (pixels[row + x] >> shift & 0xff)
        + (pixels[row + right] >> shift & 0xff);
  }

  /**
   * Adds independent Gaussian noise to each channel of each pixel, cut to the range of a channel.
   *
   * @param deviation standard deviation, 1 being the range from black to white
   */
  static void addNoise(BufferedImage image, double deviation, SplittableRandom random) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    for (int i = 0; i < pixels.length; i++) {
      int noisy = 0;
      for (int shift : SHIFTS) {
        double value = (pixels[i] >> shift & 0xff) + 255 * deviation * random.nextGaussian();
        noisy |= (int) Math.round(Math.min(255, Math.max(0, value))) << shift;
      }
      pixels[i] = noisy;
    }
    image.setRGB(0, 0, width, height, pixels, 0, width);
  }
}
