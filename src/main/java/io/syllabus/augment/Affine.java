package io.syllabus.augment;

/**
 * An affine map of an image, each pixel taken from the nearest one, black where there is none: what
 * Pillow's {@code Image.transform} with AFFINE and NEAREST does, in its fixed-point arithmetic.
 *
 * <p>The pixel at (x, y) of the result comes from ({@code xx} · x + {@code xy} · y + {@code x0},
 * {@code yx} · x + {@code yy} · y + {@code y0}), x to the right and y downwards, measured at the
 * pixels' middles.
 */
record Affine(double xx, double xy, double x0, double yx, double yy, double y0) {
  private static final int CHANNELS = 3;
  private static final int FRACTION_BITS = 16;

  /** Moves the image left and up by so many pixels. */
  static Affine shift(double right, double down) {
    return new Affine(1, 0, right, 0, 1, down);
  }

  /** Turns the image about its centre, counter-clockwise for positive degrees. */
  static Affine rotation(double degrees, int size) {
    double angle = -Math.toRadians(degrees);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double centre = size / 2.0;
    return new Affine(
        cos,
        sin,
        centre - cos * centre - sin * centre,
        -sin,
        cos,
        centre + sin * centre - cos * centre);
  }

  /** The mapped copy of a square image of {@code size} pixels a side. */
  byte[] apply(byte[] image, int size) {
    byte[] mapped = new byte[image.length];
    long rowX = fixed(x0 + 0.5 * xx + 0.5 * xy);
    long rowY = fixed(y0 + 0.5 * yx + 0.5 * yy);
    int to = 0;
    for (int row = 0; row < size; row++) {
      long x = rowX;
      long y = rowY;
      for (int column = 0; column < size; column++) {
        int fromX = (int) (x >> FRACTION_BITS);
        int fromY = (int) (y >> FRACTION_BITS);
        if (fromX >= 0 && fromX < size && fromY >= 0 && fromY < size) {
          int from = CHANNELS * (fromY * size + fromX);
          mapped[to] = image[from];
          mapped[to + 1] = image[from + 1];
          mapped[to + 2] = image[from + 2];
        }
        to += CHANNELS;
        x += fixed(xx);
        y += fixed(yx);
      }
      rowX += fixed(xy);
      rowY += fixed(yy);
    }
    return mapped;
  }

  private static long fixed(double value) {
    return (long) Math.floor(value * (1 << FRACTION_BITS) + 0.5);
  }
}
