package io.syllabus.augment;

import java.util.SplittableRandom;

/**
 * Cuts out a random rectangle and scales it to what the network takes, mirrored half of the time
 * where asked to: a part of 8 to 100 % of the image's area, between 3:4 and 4:3 (Szegedy et al.:
 * "Going Deeper with Convolutions", CVPR 2015, as torchvision's RandomResizedCrop does it). Scaled
 * bilinearly.
 *
 * @param flips whether half of the images are mirrored
 */
record RandomResizedCrop(Framing framing, boolean flips) implements Augmentation {
  private static final double LEAST_AREA = 0.08;
  private static final double LEAST_LOG_RATIO = Math.log(3.0 / 4);
  private static final int ATTEMPTS = 10;
  private static final int CHANNELS = 3;

  /**
   * A part of an image, in pixels.
   *
   * @param top first row
   * @param left first column
   */
  record Part(int top, int left, int height, int width) {}

  /** Draws two values: the seed of the rectangle and the flip. */
  @Override
  public void apply(byte[] image, SplittableRandom random, byte[] augmented) {
    // A rectangle that does not fit is drawn again: from a generator of its own.
    Part part = drawn(framing.stored(), new SplittableRandom(random.nextLong()));
    boolean mirrored = Draws.below(2, random) == 1;
    scale(image, part, flips && mirrored, augmented);
  }

  /** A rectangle of a square of so many pixels a side. */
  static Part drawn(int side, SplittableRandom random) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      double area = side * (double) side * random.nextDouble(LEAST_AREA, 1);
      double ratio = Math.exp(random.nextDouble(LEAST_LOG_RATIO, -LEAST_LOG_RATIO));
      int width = (int) Math.round(Math.sqrt(area * ratio));
      int height = (int) Math.round(Math.sqrt(area / ratio));
      if (width >= 1 && width <= side && height >= 1 && height <= side) {
        int top = random.nextInt(side - height + 1);
        int left = random.nextInt(side - width + 1);
        return new Part(top, left, height, width);
      }
    }
    return new Part(0, 0, side, side);
  }

  /** Scales a part of the image to the whole of the augmented one. */
  void scale(byte[] image, Part part, boolean mirrored, byte[] augmented) {
    int size = framing.taken();
    Axis rows = Axis.of(part.top, part.height, size, false);
    Axis columns = Axis.of(part.left, part.width, size, mirrored);
    int row = CHANNELS * framing.stored();
    int to = 0;
    for (int y = 0; y < size; y++) {
      int above = row * rows.before[y];
      int below = row * rows.after[y];
      float down = rows.share[y];
      for (int x = 0; x < size; x++) {
        int left = CHANNELS * columns.before[x];
        int right = CHANNELS * columns.after[x];
        float across = columns.share[x];
        for (int channel = 0; channel < CHANNELS; channel++) {
          float upper =
              between(image[above + left + channel], image[above + right + channel], across);
          float lower =
              between(image[below + left + channel], image[below + right + channel], across);
          augmented[to++] = (byte) (upper + down * (lower - upper) + 0.5f);
        }
      }
    }
  }

  private static float between(byte one, byte other, float share) {
    int from = one & 0xff;
    return from + share * ((other & 0xff) - from);
  }

  /**
   * Where each pixel of a line comes from: between two pixels.
   *
   * @param share of the one after
   */
  private record Axis(int[] before, int[] after, float[] share) {
    static Axis of(int first, int length, int size, boolean mirrored) {
      Axis axis = new Axis(new int[size], new int[size], new float[size]);
      for (int i = 0; i < size; i++) {
        // Pixels are measured at their middles; beyond the outermost ones these go on.
        double place = (i + 0.5) * length / size - 0.5;
        double inside = Math.max(0, Math.min(length - 1, place));
        int at = mirrored ? size - 1 - i : i;
        axis.before[at] = first + (int) inside;
        axis.after[at] = first + Math.min(length - 1, (int) inside + 1);
        axis.share[at] = (float) (inside - (int) inside);
      }
      return axis;
    }
  }
}
