package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PredictionTest {
  @Test
  void findsTheTwoMostProbableClasses() {
    assertThat(Prediction.of(new float[] {0.125f, 0.5f, 0.25f, 0.125f}))
        .isEqualTo(new Prediction(1, 0.5f, 2, 0.25f));
    assertThat(Prediction.of(new float[] {0.5f, 0.125f, 0.375f}))
        .isEqualTo(new Prediction(0, 0.5f, 2, 0.125f));
    assertThat(Prediction.of(new float[] {0.25f, 0.25f, 0.5f}))
        .isEqualTo(new Prediction(2, 0.5f, 0, 0.25f));
  }

  @Test
  void takesTheFirstOfEqualClasses() {
    assertThat(Prediction.of(new float[] {0.5f, 0.5f})).isEqualTo(new Prediction(0, 0.5f, 1, 0f));
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(() -> Prediction.of(new float[] {Float.NaN, Float.NaN}))
        .hasMessage("the network's output is no number: its training diverged");
  }
}
