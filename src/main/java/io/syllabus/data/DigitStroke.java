package io.syllabus.data;

import static io.syllabus.Checks.require;

import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One stroke of a pen through points of the unit square, x to the right and y down.
 *
 * @param form how the points are joined
 * @param points at least two, in the pen's order
 */
record DigitStroke(Form form, List<Point> points) {

  /** How a pen goes from point to point. */
  enum Form {
    /** Straight lines with corners. */
    STRAIGHT,
    /** A Catmull-Rom spline from the first point to the last. */
    SMOOTH,
    /** A Catmull-Rom spline that closes. */
    LOOP
  }

  /** A point of the plane. */
  record Point(double x, double y) {}

  DigitStroke {
    require(points.size() >= 2, "a stroke needs two points or more, found: %s", points.size());
    points = List.copyOf(points);
  }

  static DigitStroke straight(double... xy) {
    return new DigitStroke(Form.STRAIGHT, points(xy));
  }

  static DigitStroke smooth(double... xy) {
    return new DigitStroke(Form.SMOOTH, points(xy));
  }

  static DigitStroke loop(double... xy) {
    return new DigitStroke(Form.LOOP, points(xy));
  }

  /** The stroke as a path, after each point has been moved. */
  Path2D path(UnaryOperator<Point> moved) {
    List<Point> through = points.stream().map(moved).toList();
    Path2D.Double path = new Path2D.Double();
    path.moveTo(through.get(0).x(), through.get(0).y());
    int segments = form == Form.LOOP ? through.size() : through.size() - 1;
    for (int i = 0; i < segments; i++) {
      Point to = at(through, i + 1);
      if (form == Form.STRAIGHT) {
        path.lineTo(to.x(), to.y());
      } else {
        curve(path, at(through, i - 1), at(through, i), to, at(through, i + 2));
      }
    }
    return path;
  }

  // A loop goes round; the ends of an open stroke count twice.
  private Point at(List<Point> through, int i) {
    int size = through.size();
    return through.get(
        form == Form.LOOP ? Math.floorMod(i, size) : Math.min(Math.max(i, 0), size - 1));
  }

  // The Bezier form of a uniform Catmull-Rom segment: tangents are half of the neighbors' distance.
  private static void curve(Path2D path, Point before, Point from, Point to, Point after) {
    path.curveTo(
        from.x() + (to.x() - before.x()) / 6,
        from.y() + (to.y() - before.y()) / 6,
        to.x() - (after.x() - from.x()) / 6,
        to.y() - (after.y() - from.y()) / 6,
        to.x(),
        to.y());
  }

  private static List<Point> points(double... xy) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < xy.length; i += 2) {
      points.add(new Point(xy[i], xy[i + 1]));
    }
    return points;
  }
}
