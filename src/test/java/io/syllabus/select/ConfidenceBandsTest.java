package io.syllabus.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceBandsTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "0.19, 0", "0.2, 1", "0.55, 2", "0.79, 3", "0.8, 4", "1, 4"})
  void evenBandsAreAFifthWide(double confidence, int band) {
    assertThat(ConfidenceBands.even(1).band(0, confidence)).isEqualTo(band);
  }

  @Test
  void aConfidenceIsAProbability() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfidenceBands.even(1).band(0, 1.5))
        .withMessage("a confidence is in [0, 1], found: 1.5");
  }

  @Test
  void eachLabelHasFifthsOfItsOwn() {
    int[] labels = new int[200];
    float[] confidences = new float[200];
    for (int i = 0; i < 100; i++) {
      confidences[i] = i / 100f;
      labels[100 + i] = 2;
      confidences[100 + i] = 0.9f + i / 1000f;
    }
    ConfidenceBands bands = ConfidenceBands.of(PoolInMemory.scored(3, labels, confidences));
    int[][] images = new int[3][ConfidenceBands.BANDS];
    for (int i = 0; i < labels.length; i++) {
      images[labels[i]][bands.band(labels[i], confidences[i])]++;
    }
    assertThat(images[0]).containsExactly(20, 20, 20, 20, 20);
    assertThat(images[2]).containsExactly(20, 20, 20, 20, 20);
    // No image has label 1: the fifths of all are its own.
    assertThat(bands.band(1, 0.3)).isZero();
    assertThat(bands.band(1, 0.95)).isEqualTo(3);
  }

  @Test
  void tiesAreInOneBand() {
    float[] confidences = new float[50];
    Arrays.fill(confidences, 0.7f);
    ConfidenceBands bands = ConfidenceBands.of(PoolInMemory.scored(1, new int[50], confidences));
    assertThat(bands.band(0, 0.7f)).isEqualTo(4);
    assertThat(bands.band(0, 0.69f)).isZero();
  }

  @Test
  void withoutConfidencesBandsAreEven() {
    assertThat(ConfidenceBands.of(PoolInMemory.scored(2, new int[0])).edges())
        .isEqualTo(ConfidenceBands.even(2).edges());
  }

  @Test
  void edgesMakeTheSameBandsAgain() {
    double[][] edges = {{0.1, 0.2, 0.3, 0.4}};
    ConfidenceBands bands = ConfidenceBands.of(ConfidenceBands.of(edges).edges());
    assertThat(bands.edges()).isEqualTo(edges);
    bands.edges()[0][0] = 0.9;
    assertThat(bands.band(0, 0.15)).isEqualTo(1);
  }

  @Test
  void aLabelHasAnEdgeLessThanBands() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConfidenceBands.of(new double[][] {{0.5}}))
        .withMessage("5 bands have 4 edges, found: 1");
  }
}
