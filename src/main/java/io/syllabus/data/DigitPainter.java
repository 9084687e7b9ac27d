package io.syllabus.data;

import java.awt.BasicStroke;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;

/** Paints one image: background, clutter, digit, then what a bad camera adds. For one use. */
final class DigitPainter {
  private final int size;
  private final SplittableRandom random;
  private final Chance chance;
  private final DigitPalette palette;
  private final BufferedImage image;
  private final Graphics2D graphics;

  DigitPainter(int size, SplittableRandom random) {
    this.size = size;
    this.random = random;
    this.chance = new Chance(random);
    this.palette = new DigitPalette(chance);
    this.image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    this.graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  BufferedImage paint(int digit) {
    try {
      paintBackground();
      paintBlobs();
      paintDistractors();
      paintDigit(digit);
      paintLines();
    } finally {
      graphics.dispose();
    }
    if (chance.happens(DigitDifficulty.BLURRED)) {
      PixelEffects.blur(image);
    }
    PixelEffects.addNoise(image, chance.between(0, DigitDifficulty.NOISE), random);
    return image;
  }

  private void paintBackground() {
    double angle = chance.around(Math.PI);
    float half = size / 2f;
    float x = (float) (half * Math.cos(angle));
    float y = (float) (half * Math.sin(angle));
    double run = chance.around(DigitDifficulty.GRADIENT / 2);
    graphics.setPaint(
        new GradientPaint(
            half - x,
            half - y,
            palette.background(-run),
            half + x,
            half + y,
            palette.background(run)));
    graphics.fillRect(0, 0, size, size);
  }

  private void paintBlobs() {
    for (int i = chance.upTo(DigitDifficulty.MOST_BLOBS); i > 0; i--) {
      double width = size * chance.between(0.1, 0.6);
      double height = size * chance.between(0.1, 0.6);
      double left = coordinate() - width / 2;
      double top = coordinate() - height / 2;
      graphics.setPaint(palette.clutter());
      graphics.fill(new Ellipse2D.Double(left, top, width, height));
    }
  }

  // Neighbors cut by the border, as beside a house number: never a second digit in the middle.
  private void paintDistractors() {
    for (int i = chance.upTo(DigitDifficulty.MOST_DISTRACTORS); i > 0; i--) {
      double angle = chance.around(Math.PI);
      double far = chance.between(0.5, 0.8);
      double x = size * (0.5 + far * Math.cos(angle));
      double y = size * (0.5 + far * Math.sin(angle));
      DigitPose pose = new DigitPose(chance, x, y, 0.7 * size);
      DigitStroke stroke = any(any(DigitShapes.of(chance.upTo(9))));
      graphics.setPaint(palette.clutter());
      graphics.setStroke(pen(penWidth()));
      graphics.draw(stroke.path(pose::apply));
    }
  }

  private void paintDigit(int digit) {
    double x = size * (0.5 + chance.around(DigitDifficulty.SHIFT));
    double y = size * (0.5 + chance.around(DigitDifficulty.SHIFT));
    DigitPose pose = new DigitPose(chance, x, y, size);
    Path2D.Double path = new Path2D.Double();
    for (DigitStroke stroke : any(DigitShapes.of(digit))) {
      path.append(stroke.path(pose::apply), false);
    }
    double width = penWidth();
    boolean outlined = chance.happens(DigitDifficulty.OUTLINED);
    if (outlined) {
      width = Math.max(width, size * DigitDifficulty.THINNEST_OUTLINED);
    }
    graphics.setPaint(palette.ink());
    graphics.setStroke(pen(width));
    graphics.draw(path);
    if (outlined) {
      graphics.setPaint(palette.background(0));
      graphics.setStroke(pen(width / 3));
      graphics.draw(path);
    }
  }

  private void paintLines() {
    for (int i = chance.upTo(DigitDifficulty.MOST_LINES); i > 0; i--) {
      graphics.setPaint(palette.clutter());
      graphics.setStroke(pen(size * chance.between(0.02, 0.06)));
      graphics.draw(new Line2D.Double(coordinate(), coordinate(), coordinate(), coordinate()));
    }
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private double coordinate() {
    return chance.between(0, size);
  }

  private double penWidth() {
    return size * chance.between(DigitDifficulty.THINNEST_STROKE, DigitDifficulty.THICKEST_STROKE);
  }

  private static BasicStroke pen(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }
}
