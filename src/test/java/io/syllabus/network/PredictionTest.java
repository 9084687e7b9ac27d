package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionTest {

  @Test
  void takesTheMostProbableClassAndTheNext() {
    assertThat(of(0.125f, 0.5f, 0.25f, 0.125f)).isEqualTo(new Prediction(1, 0.5f, 2, 0.25f));
  }

  @Test
  void theRunnerUpMayComeBeforeTheLabel() {
    assertThat(of(0.25f, 0.125f, 0.5f, 0.125f)).isEqualTo(new Prediction(2, 0.5f, 0, 0.25f));
  }

  @Test
  void ofEqualsTheFirstIsTheLabelAndTheNextTheRunnerUp() {
    assertThat(of(0.25f, 0.25f, 0.25f, 0.25f)).isEqualTo(new Prediction(0, 0.25f, 1, 0f));
    assertThat(of(0.2f, 0.4f, 0.4f)).isEqualTo(new Prediction(1, 0.4f, 2, 0f));
    assertThat(of(0.5f, 0.25f, 0.25f)).isEqualTo(new Prediction(0, 0.5f, 1, 0.25f));
  }

  @Test
  void readsTwoClasses() {
    assertThat(of(0.25f, 0.75f)).isEqualTo(new Prediction(1, 0.75f, 0, 0.5f));
    assertThat(of(0.75f, 0.25f)).isEqualTo(new Prediction(0, 0.75f, 1, 0.5f));
    assertThat(of(1f, 0f)).isEqualTo(new Prediction(0, 1f, 1, 1f));
  }

  @Property
  void noClassIsMoreProbableThanTheLabelNorAnyOtherThanTheRunnerUp(
      @ForAll @Size(min = 2, max = 20) @FloatRange(min = 0, max = 1) float[] probabilities) {
    Prediction prediction = of(probabilities);
    assertThat(prediction.label()).isNotEqualTo(prediction.runnerUp());
    assertThat(prediction.confidence()).isEqualTo(probabilities[prediction.label()]);
    assertThat(prediction.margin())
        .isEqualTo(prediction.confidence() - probabilities[prediction.runnerUp()]);
    for (int c = 0; c < probabilities.length; c++) {
      assertThat(probabilities[c]).isLessThanOrEqualTo(prediction.confidence());
      if (c != prediction.label()) {
        assertThat(probabilities[c]).isLessThanOrEqualTo(probabilities[prediction.runnerUp()]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void refusesWhatIsNoNumberWhereverItStands(int place) {
    float[] probabilities = {0.5f, 0.25f, 0.25f};
    probabilities[place] = Float.NaN;
    assertThatThrownBy(() -> of(probabilities))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the network's output is no number: its training diverged");
  }

  @Test
  void refusesASingleClass() {
    assertThatThrownBy(() -> of(1f)).hasMessage("found 1 classes, 2 are needed");
  }

  private static Prediction of(float... probabilities) {
    return Prediction.of(probabilities);
  }
}
