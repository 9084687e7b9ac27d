package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CosineScheduleTest {
  private final CosineSchedule schedule = new CosineSchedule(0.1, 300);

  @Test
  void fallsFromTheInitialRateToZeroAlongACosine() {
    assertThat(schedule.valueAt(0, 0)).isEqualTo(0.1);
    assertThat(schedule.valueAt(100, 0)).isCloseTo(0.075, within(1e-12));
    assertThat(schedule.valueAt(150, 0)).isCloseTo(0.05, within(1e-12));
    assertThat(schedule.valueAt(200, 0)).isCloseTo(0.025, within(1e-12));
    assertThat(schedule.valueAt(300, 0)).isZero();
  }

  @Test
  void staysAtZeroAfterItsLastStep() {
    assertThat(schedule.valueAt(1000, 0)).isZero();
  }

  @Test
  void countsStepsAndNotEpochs() {
    assertThat(schedule.valueAt(100, 7)).isEqualTo(schedule.valueAt(100, 0));
  }
}
