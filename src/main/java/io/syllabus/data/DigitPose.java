package io.syllabus.data;

import io.syllabus.data.DigitStroke.Point;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;

/**
 * Where a digit's points land in one image: warped and jittered in the unit square, as one hand
 * differs from another, then turned, slanted, stretched, scaled and moved.
 */
final class DigitPose {
  private final Chance chance;
  private final AffineTransform place;
  private final double phaseX;
  private final double phaseY;
  private final double waveX;
  private final double waveY;

  /**
   * A random pose.
   *
   * @param centerX where the unit square's middle lands, in pixels
   * @param height of the unit square, in pixels, before it shrinks at random
   */
  DigitPose(Chance chance, double centerX, double centerY, double height) {
    this.chance = chance;
    this.place = place(chance, centerX, centerY, height);
    this.phaseX = chance.around(Math.PI);
    this.phaseY = chance.around(Math.PI);
    this.waveX = chance.around(2 * Math.PI);
    this.waveY = chance.around(2 * Math.PI);
  }

  private static AffineTransform place(Chance chance, double x, double y, double height) {
    double scale =
        height * chance.between(DigitDifficulty.SMALLEST_SCALE, DigitDifficulty.LARGEST_SCALE);
    double stretch = Math.pow(DigitDifficulty.STRETCH, chance.around(1));
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.rotate(Math.toRadians(chance.around(DigitDifficulty.ROTATION_DEGREES)));
    place.shear(chance.around(DigitDifficulty.SHEAR), 0);
    place.scale(scale * stretch, scale);
    place.translate(-0.5, -0.5);
    return place;
  }

  /** Where a point of the unit square lands, in pixels; the jitter is drawn anew at each call. */
  Point apply(Point point) {
    // The warp is a function of place, so that strokes that meet stay joined.
    double warpX = DigitDifficulty.WARP * Math.sin(phaseX + waveX * point.y());
    double warpY = DigitDifficulty.WARP * Math.sin(phaseY + waveY * point.x());
    double x = point.x() + warpX + chance.around(DigitDifficulty.JITTER);
    double y = point.y() + warpY + chance.around(DigitDifficulty.JITTER);
    Point2D landed = place.transform(new Point2D.Double(x, y), null);
    return new Point(landed.getX(), landed.getY());
  }
}
