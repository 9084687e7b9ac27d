package io.syllabus.augment;

import static io.syllabus.Checks.require;

import java.util.SplittableRandom;

/**
 * Pads by reflection, cuts a square of the image's own size at a random place, and, where asked to,
 * mirrors it left to right half of the time: the weak augmentation of the CIFAR literature, with 4
 * pixels of padding at 32 × 32.
 *
 * @param size pixels a side
 * @param flips whether half of the images are mirrored
 */
record RandomCrop(int size, boolean flips) implements Augmentation {
  private static final int CHANNELS = 3;

  // 4 pixels at 32 × 32, in proportion at other sizes.
  private static final int SIZE_PER_PADDING = 8;

  /** Draws three values: top, left and flip, the last also where it goes unused. */
  @Override
  public void apply(byte[] image, SplittableRandom random, byte[] augmented) {
    int offsets = 2 * padding(size) + 1;
    int top = Draws.below(offsets, random);
    int left = Draws.below(offsets, random);
    boolean mirrored = Draws.below(2, random) == 1;
    cut(image, size, top, left, flips && mirrored, augmented);
  }

  /** Pixels added on each side: an eighth of the size rounded down, at least 1. */
  static int padding(int size) {
    return Math.max(1, size / SIZE_PER_PADDING);
  }

  /**
   * The square that begins at (top, left) of the padded image.
   *
   * @param size at least 2: a single pixel has nothing to reflect
   * @param top first row, from 0 to 2 · padding; padding itself leaves the rows where they are
   * @param left first column, likewise
   * @param mirrored whether the square is then turned left to right
   */
  static void cut(byte[] image, int size, int top, int left, boolean mirrored, byte[] augmented) {
    require(size >= 2, "an image to crop must be at least 2 pixels wide, found: %s", size);
    require(
        image.length == CHANNELS * size * size && augmented.length == image.length,
        "an image of %s × %s RGB pixels and its copy have %s bytes each, found: %s and %s",
        size,
        size,
        CHANNELS * size * size,
        image.length,
        augmented.length);
    require(image != augmented, "an image cannot be cropped into its own array");
    int padding = padding(size);
    int[] columns = new int[size];
    for (int x = 0; x < size; x++) {
      int cut = mirrored ? size - 1 - x : x;
      columns[x] = CHANNELS * reflect(left + cut - padding, size);
    }
    int to = 0;
    for (int y = 0; y < size; y++) {
      int row = CHANNELS * size * reflect(top + y - padding, size);
      for (int column : columns) {
        int from = row + column;
        augmented[to++] = image[from];
        augmented[to++] = image[from + 1];
        augmented[to++] = image[from + 2];
      }
    }
  }

  /**
   * Where a padded row or column comes from, the edge not repeated: 'reflect' of NumPy and PyTorch.
   *
   * @param position from 1 − size to 2 · size − 2
   */
  static int reflect(int position, int size) {
    int last = size - 1;
    return last - Math.abs(last - Math.abs(position));
  }
}
