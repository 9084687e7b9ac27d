package io.syllabus.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReliabilityTest {

  // In (14/15, 1]: mean confidence 0.975, of four images three right. In (7/15, 8/15]: 0.5 and
  // none.
  @Test
  void isTheMeanDistanceOfAccuracyFromConfidence() {
    Reliability one = new Reliability();
    one.add(0.95, true);
    one.add(0.97, true);
    one.add(0.98, false);
    Reliability other = new Reliability();
    other.add(1, true);
    other.add(0.5, false);
    assertThat(one.merge(other).expectedCalibrationError())
        .isCloseTo(4 / 5.0 * (0.975 - 0.75) + 1 / 5.0 * 0.5, within(1e-12));
  }

  @Test
  void binsAreOpenBelowAndClosedAbove() {
    Reliability border = new Reliability();
    border.add(0.2, true);
    border.add(0.2 + 1e-9, false);
    // In one bin they would be 0.3 off in the mean; apart they are 0.8 and 0.2 off.
    assertThat(border.expectedCalibrationError()).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void isZeroWhereRightIsAsOftenAsSaidAndUndefinedWithoutImages() {
    Reliability perfect = new Reliability();
    perfect.add(0.5, true);
    perfect.add(0.5, false);
    perfect.add(0, false);
    assertThat(perfect.expectedCalibrationError()).isZero();
    assertThat(new Reliability().expectedCalibrationError()).isNaN();
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThatThrownBy(() -> new Reliability().add(1.01, true))
        .hasMessage("a probability is in [0, 1], found: 1.01");
  }
}
