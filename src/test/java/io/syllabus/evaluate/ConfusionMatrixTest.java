package io.syllabus.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  @Test
  void countsPredictionsByTrueClass() {
    ConfusionMatrix matrix = new ConfusionMatrix(3);
    matrix.add(0, new float[] {0.8f, 0.1f, 0.1f});
    matrix.add(0, new float[] {0.2f, 0.7f, 0.1f});
    matrix.add(2, new float[] {0.1f, 0.2f, 0.7f});
    assertThat(matrix.count(0, 0)).isEqualTo(1);
    assertThat(matrix.count(0, 1)).isEqualTo(1);
    assertThat(matrix.count(2, 2)).isEqualTo(1);
    assertThat(matrix.images()).isEqualTo(3);
    assertThat(matrix.images(1)).isZero();
    assertThat(matrix.accuracy()).isEqualTo(2 / 3.0);
    assertThat(matrix.accuracy(0)).isEqualTo(0.5);
    assertThat(matrix.accuracy(1)).isNaN();
  }

  @Test
  void countsTheFiveMostProbableAsTop() {
    ConfusionMatrix matrix = new ConfusionMatrix(7);
    float[] falling = {0.3f, 0.2f, 0.15f, 0.12f, 0.1f, 0.08f, 0.05f};
    matrix.add(4, falling);
    matrix.add(5, falling);
    assertThat(matrix.topFiveAccuracy()).isEqualTo(0.5);
    assertThat(matrix.accuracy()).isZero();
  }

  @Test
  void ranksTheFirstOfEqualClassesHigher() {
    ConfusionMatrix matrix = new ConfusionMatrix(6);
    float[] tied = {1 / 6f, 1 / 6f, 1 / 6f, 1 / 6f, 1 / 6f, 1 / 6f};
    matrix.add(4, tied);
    matrix.add(5, tied);
    assertThat(matrix.topFiveAccuracy()).isEqualTo(0.5);
    assertThat(matrix.count(4, 0)).isEqualTo(1);
  }

  @Test
  void addsUpParts() {
    ConfusionMatrix one = new ConfusionMatrix(2);
    one.add(0, new float[] {0.9f, 0.1f});
    ConfusionMatrix other = new ConfusionMatrix(2);
    other.add(1, new float[] {0.9f, 0.1f});
    one.merge(other);
    assertThat(one.images()).isEqualTo(2);
    assertThat(one.accuracy()).isEqualTo(0.5);
    assertThat(one.topFiveAccuracy()).isEqualTo(1);
  }
}
