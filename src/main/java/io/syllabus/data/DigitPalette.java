package io.syllabus.data;

import java.awt.Color;

/** The colors of one image: around the brightness of its background and that of its ink. */
final class DigitPalette {
  private final Chance chance;
  private final double background;
  private final double ink;

  DigitPalette(Chance chance) {
    this.chance = chance;
    this.background = chance.between(0, 1);
    this.ink = inkOn(background);
  }

  // Darker or lighter at random where both are in range, else as far as the range goes.
  private double inkOn(double brightness) {
    double contrast = chance.between(DigitDifficulty.LEAST_CONTRAST, 1);
    boolean lighter = chance.happens(0.5);
    if (lighter ? brightness + contrast > 1 : brightness < contrast) {
      lighter = brightness < 0.5;
    }
    return lighter ? Math.min(1, brightness + contrast) : Math.max(0, brightness - contrast);
  }

  Color ink() {
    return color(ink);
  }

  /** A color of the background, brighter or darker than its middle by so much. */
  Color background(double brighter) {
    return color(background + brighter);
  }

  /** A color between the background's and the ink's. */
  Color clutter() {
    double contrast = chance.between(0, DigitDifficulty.CLUTTER_CONTRAST);
    return color(background + contrast * (ink - background));
  }

  private Color color(double brightness) {
    return new Color(channel(brightness), channel(brightness), channel(brightness));
  }

  private float channel(double brightness) {
    double channel = brightness + chance.around(DigitDifficulty.CHROMA);
    return (float) Math.min(1, Math.max(0, channel));
  }
}
