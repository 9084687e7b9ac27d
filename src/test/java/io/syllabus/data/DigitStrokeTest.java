package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.data.DigitStroke.Point;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitStrokeTest {

  @Test
  void straightStrokesPassTheirPointsInOrder() {
    assertThat(stops(DigitStroke.straight(0, 0, 1, 0, 1, 1)))
        .containsExactly(new Point(0, 0), new Point(1, 0), new Point(1, 1));
  }

  @Test
  void smoothStrokesEndAtTheirLastPointAndLoopsAtTheirFirst() {
    assertThat(stops(DigitStroke.smooth(0, 0, 1, 0, 1, 1)))
        .containsExactly(new Point(0, 0), new Point(1, 0), new Point(1, 1));
    assertThat(stops(DigitStroke.loop(0, 0, 1, 0, 1, 1)))
        .containsExactly(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 0));
  }

  @Test
  void smoothStrokesTurnWithTheCatmullRomTangent() {
    // At (6, 0) the tangent is ((6, 6) − (0, 0)) / 2, of which a Bezier handle is a third.
    double[] second = new double[6];
    PathIterator path =
        DigitStroke.smooth(0, 0, 6, 0, 6, 6).path(UnaryOperator.identity()).getPathIterator(null);
    path.next();
    path.next();
    path.currentSegment(second);
    assertThat(second).containsExactly(7, 1, 6, 5, 6, 6);
  }

  @Test
  void movesEveryPoint() {
    Path2D path =
        DigitStroke.straight(0, 0, 1, 0).path(point -> new Point(point.x() + 2, point.y() + 3));
    assertThat(path.getBounds2D().getMinX()).isEqualTo(2);
    assertThat(path.getBounds2D().getMaxX()).isEqualTo(3);
    assertThat(path.getBounds2D().getMinY()).isEqualTo(3);
  }

  @Test
  void onePointIsNoStroke() {
    assertThatThrownBy(() -> DigitStroke.straight(0, 0))
        .hasMessage("a stroke needs two points or more, found: 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void everyDigitFillsTheHeightOfTheUnitSquareAndStaysInside(int digit) {
    for (List<DigitStroke> shape : DigitShapes.of(digit)) {
      Path2D.Double path = new Path2D.Double();
      shape.forEach(stroke -> path.append(stroke.path(UnaryOperator.identity()), false));
      assertThat(path.getBounds2D().getHeight()).isBetween(0.75, 0.95);
      assertThat(path.getBounds2D().getMinX()).isBetween(0.05, 0.5);
      assertThat(path.getBounds2D().getMaxX()).isBetween(0.5, 0.95);
    }
  }

  private static List<Point> stops(DigitStroke stroke) {
    List<Point> stops = new ArrayList<>();
    double[] xy = new double[6];
    PathIterator path = stroke.path(UnaryOperator.identity()).getPathIterator(null);
    for (; !path.isDone(); path.next()) {
      int at = path.currentSegment(xy) == PathIterator.SEG_CUBICTO ? 4 : 0;
      stops.add(new Point(xy[at], xy[at + 1]));
    }
    return stops;
  }
}
