package io.syllabus.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

  @Test
  void countsRightAndWrongPredictionsByTrueClass() {
    ConfusionMatrix matrix = new ConfusionMatrix(3);
    matrix.add(0, new float[] {0.7f, 0.2f, 0.1f});
    matrix.add(0, new float[] {0.1f, 0.2f, 0.7f});
    matrix.add(0, new float[] {0.6f, 0.3f, 0.1f});
    matrix.add(1, new float[] {0.5f, 0.4f, 0.1f});
    assertThat(matrix.classes()).isEqualTo(3);
    assertThat(matrix.count(0, 0)).isEqualTo(2);
    assertThat(matrix.count(0, 2)).isEqualTo(1);
    assertThat(matrix.count(2, 0)).isZero();
    assertThat(matrix.count(1, 0)).isEqualTo(1);
    assertThat(matrix.images()).isEqualTo(4);
    assertThat(matrix.images(0)).isEqualTo(3);
    assertThat(matrix.accuracy()).isEqualTo(0.5);
    assertThat(matrix.accuracy(0)).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(matrix.accuracy(1)).isZero();
  }

  @Test
  void theFifthMostProbableClassIsAmongTheTopFiveAndTheSixthIsNot() {
    ConfusionMatrix matrix = new ConfusionMatrix(7);
    float[] falling = {0.3f, 0.2f, 0.15f, 0.12f, 0.1f, 0.08f, 0.05f};
    matrix.add(4, falling);
    assertThat(matrix.topFiveAccuracy()).isEqualTo(1);
    matrix.add(5, falling);
    assertThat(matrix.topFiveAccuracy()).isEqualTo(0.5);
    assertThat(matrix.accuracy()).isZero();
  }

  @Test
  void ofEquallyProbableClassesTheFirstIsThePredictionAndTheFirstFiveAreTheTop() {
    ConfusionMatrix matrix = new ConfusionMatrix(6);
    float[] allAlike = {0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f};
    matrix.add(0, allAlike);
    matrix.add(4, allAlike);
    assertThat(matrix.topFiveAccuracy()).isEqualTo(1);
    matrix.add(5, allAlike);
    assertThat(matrix.count(0, 0)).isEqualTo(1);
    assertThat(matrix.count(4, 0)).isEqualTo(1);
    assertThat(matrix.count(5, 0)).isEqualTo(1);
    assertThat(matrix.topFiveAccuracy()).isCloseTo(2.0 / 3, within(1e-15));
  }

  @Test
  void withFiveClassesOrFewerEveryClassIsAmongTheTopFive() {
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    matrix.add(1, new float[] {1, 0});
    assertThat(matrix.topFiveAccuracy()).isEqualTo(1);
  }

  @Test
  void mergedMatricesCountAsOne() {
    ConfusionMatrix one = new ConfusionMatrix(6);
    one.add(0, new float[] {0.5f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f});
    ConfusionMatrix other = new ConfusionMatrix(6);
    other.add(0, new float[] {0.5f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f});
    other.add(5, new float[] {0.3f, 0.2f, 0.2f, 0.1f, 0.1f, 0.1f});
    assertThat(one.merge(other)).isSameAs(one);
    assertThat(one.count(0, 0)).isEqualTo(2);
    assertThat(one.count(5, 0)).isEqualTo(1);
    assertThat(one.images()).isEqualTo(3);
    assertThat(one.topFiveAccuracy()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(other.images()).as("the other is unchanged").isEqualTo(2);
  }

  @Test
  void hasNoAccuracyWithoutImages() {
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    assertThat(matrix.images()).isZero();
    assertThat(matrix.accuracy()).isNaN();
    assertThat(matrix.accuracy(1)).isNaN();
    assertThat(matrix.topFiveAccuracy()).isNaN();
  }

  @Test
  void refusesASingleClass() {
    assertThatThrownBy(() -> new ConfusionMatrix(1))
        .hasMessage("a classifier has 2 classes or more, found: 1");
  }
}
