package io.syllabus.augment;

import static io.syllabus.Checks.require;

/**
 * The operations of heavy augmentation and the ranges of their magnitudes: those of the Curriculum
 * Labeling paper's code, which took them from Fast AutoAugment (Lim, Kim, Kim, Kim, Kim, NeurIPS
 * 2019) and AutoAugment (Cubuk, Zoph, Mané, Vasudevan, Le, CVPR 2019). That code defines both
 * shears and draws only the vertical one; both are drawn here.
 */
enum Operation {
  /** Shears rows to the side, up to 0.27 of the height. */
  SHEAR_X(0, 0.03, true) {
    @Override
    byte[] apply(byte[] image, int size, double slope) {
      return new Affine(1, slope, 0, 0, 1, 0).apply(image, size);
    }
  },
  /** Shears columns upwards or downwards, up to 0.27 of the width. */
  SHEAR_Y(0, 0.03, true) {
    @Override
    byte[] apply(byte[] image, int size, double slope) {
      return new Affine(1, 0, 0, slope, 1, 0).apply(image, size);
    }
  },
  /** Shifts to the side by up to 9 pixels. */
  TRANSLATE_X(0, 1, true) {
    @Override
    byte[] apply(byte[] image, int size, double pixels) {
      return Affine.shift(pixels, 0).apply(image, size);
    }
  },
  /** Shifts upwards or downwards by up to 9 pixels. */
  TRANSLATE_Y(0, 1, true) {
    @Override
    byte[] apply(byte[] image, int size, double pixels) {
      return Affine.shift(0, pixels).apply(image, size);
    }
  },
  /** Rotates by up to 27 degrees. */
  ROTATE(0, 3, true) {
    @Override
    byte[] apply(byte[] image, int size, double degrees) {
      return Affine.rotation(degrees, size).apply(image, size);
    }
  },
  AUTO_CONTRAST(0, 0, false) {
    @Override
    byte[] apply(byte[] image, int size, double unused) {
      return Tone.autoContrast(image);
    }
  },
  INVERT(0, 0, false) {
    @Override
    byte[] apply(byte[] image, int size, double unused) {
      return Tone.invert(image);
    }
  },
  EQUALIZE(0, 0, false) {
    @Override
    byte[] apply(byte[] image, int size, double unused) {
      return Tone.equalize(image);
    }
  },
  /** Inverts values from 26 to 256 on; 256 leaves the image as it is. */
  SOLARIZE(256, -25.6, false) {
    @Override
    byte[] apply(byte[] image, int size, double threshold) {
      return Tone.solarize(image, threshold);
    }
  },
  /** Keeps 1 to 4 bits. */
  POSTERIZE(4, -0.4, false) {
    @Override
    byte[] apply(byte[] image, int size, double bits) {
      return Tone.posterize(image, (int) Math.ceil(bits));
    }
  },
  /** By a factor of 0.1 to 1.72, as the three that follow. */
  CONTRAST(0.1, 0.18, false) {
    @Override
    byte[] apply(byte[] image, int size, double factor) {
      return Enhancement.contrast(image, factor);
    }
  },
  COLOR(0.1, 0.18, false) {
    @Override
    byte[] apply(byte[] image, int size, double factor) {
      return Enhancement.color(image, factor);
    }
  },
  BRIGHTNESS(0.1, 0.18, false) {
    @Override
    byte[] apply(byte[] image, int size, double factor) {
      return Enhancement.brightness(image, factor);
    }
  },
  SHARPNESS(0.1, 0.18, false) {
    @Override
    byte[] apply(byte[] image, int size, double factor) {
      return Enhancement.sharpness(image, size, factor);
    }
  };

  /** Magnitudes have the levels 0 to 9. */
  static final int LEVELS = 10;

  private final double atLevelZero;
  private final double perLevel;
  private final boolean twoSided;

  Operation(double atLevelZero, double perLevel, boolean twoSided) {
    this.atLevelZero = atLevelZero;
    this.perLevel = perLevel;
    this.twoSided = twoSided;
  }

  /**
   * What a level means to this operation.
   *
   * @param level 0 to 9
   * @param otherSide whether to go left, up or clockwise, where the operation knows sides
   */
  double magnitude(int level, boolean otherSide) {
    require(level >= 0 && level < LEVELS, "a level is 0 to 9, found: %s", level);
    double value = atLevelZero + perLevel * level;
    return twoSided && otherSide ? -value : value;
  }

  /**
   * A changed copy.
   *
   * @param image {@code size} × {@code size} pixels, RGB interleaved; left as it is
   */
  abstract byte[] apply(byte[] image, int size, double magnitude);
}
