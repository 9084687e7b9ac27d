package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
    assertSaid(1, 0.5f, 2, 0.25f, 0.125f, 0.5f, 0.25f, 0.125f);
  }

  @Test
  void theRunnerUpMayComeBeforeTheLabel() {
    assertSaid(2, 0.5f, 0, 0.25f, 0.25f, 0.125f, 0.5f, 0.125f);
  }

  @Test
  void ofEqualsTheFirstIsTheLabelAndTheNextTheRunnerUp() {
    assertSaid(0, 0.25f, 1, 0f, 0.25f, 0.25f, 0.25f, 0.25f);
    assertSaid(1, 0.4f, 2, 0f, 0.2f, 0.4f, 0.4f);
    assertSaid(0, 0.5f, 1, 0.25f, 0.5f, 0.25f, 0.25f);
  }

  @Test
  void readsTwoClasses() {
    assertSaid(1, 0.75f, 0, 0.5f, 0.25f, 0.75f);
    assertSaid(0, 0.75f, 1, 0.5f, 0.75f, 0.25f);
    assertSaid(0, 1f, 1, 1f, 1f, 0f);
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

  @Test
  void theEntropyIsLargestWhereAllAreEquallyProbable() {
    assertThat(of(1f, 0f, 0f).entropy()).isZero();
    // 1.75 bits.
    assertThat((double) of(0.125f, 0.5f, 0.25f, 0.125f).entropy())
        .isCloseTo(1.75 * Math.log(2), within(1e-6));
    assertThat((double) of(0.25f, 0.25f, 0.25f, 0.25f).entropy())
        .isCloseTo(Math.log(4), within(1e-6));
  }

  private static void assertSaid(
      int label, float confidence, int runnerUp, float margin, float... probabilities) {
    Prediction prediction = of(probabilities);
    assertThat(prediction)
        .isEqualTo(new Prediction(label, confidence, runnerUp, margin, prediction.entropy()));
  }

  private static Prediction of(float... probabilities) {
    return Prediction.of(probabilities);
  }
}
