package io.syllabus.data;

/**
 * How much the images of one digit differ: every number to turn to make the generated set easier or
 * harder. Lengths are shares of the image's width, colors of the range from black to white.
 */
final class DigitDifficulty {
  /** Farthest turn from upright, either way. */
  static final double ROTATION_DEGREES = 22;

  /** Farthest slant: how far the top moves sideways for each unit of height. */
  static final double SHEAR = 0.2;

  static final double SMALLEST_SCALE = 0.70;
  static final double LARGEST_SCALE = 1.0;

  /** Width over height, and its inverse. */
  static final double STRETCH = 1.25;

  /** Farthest move of the digit's center from the image's, each way. */
  static final double SHIFT = 0.08;

  /** How far the smooth warp of the plane moves a point, as a share of the digit's height. */
  static final double WARP = 0.06;

  /** How far each control point moves by itself, as a share of the digit's height. */
  static final double JITTER = 0.025;

  static final double THINNEST_STROKE = 0.06;
  static final double THICKEST_STROKE = 0.15;

  /** How often a digit is drawn as an outline: a stroke with the background's color inside. */
  static final double OUTLINED = 0.12;

  /** An outline needs room for both colors. */
  static final double THINNEST_OUTLINED = 0.12;

  /** Least difference in brightness between digit and background; the largest is 1. */
  static final double LEAST_CONTRAST = 0.35;

  /** How far a color's channels leave its brightness, each way. */
  static final double CHROMA = 0.25;

  /** How far the background's brightness runs from corner to corner. */
  static final double GRADIENT = 0.25;

  static final int MOST_BLOBS = 2;
  static final int MOST_LINES = 2;

  /** Parts of other digits around the digit. */
  static final int MOST_DISTRACTORS = 1;

  /** How much of the digit's contrast clutter has at most. */
  static final double CLUTTER_CONTRAST = 0.6;

  static final double BLURRED = 0.30;

  /** Largest standard deviation of the Gaussian noise on each channel. */
  static final double NOISE = 0.08;

  private DigitDifficulty() {}
}
