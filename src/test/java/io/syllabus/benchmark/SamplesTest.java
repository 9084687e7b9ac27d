package io.syllabus.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(new Samples(List.of(9.0, 1.0, 4.0)).median()).isEqualTo(4);
    assertThat(new Samples(List.of(7.0)).median()).isEqualTo(7);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(new Samples(List.of(9.0, 1.0, 4.0, 5.0)).median()).isEqualTo(4.5);
  }

  @Test
  void showsTheMedianAndHowFarTheValuesGo() {
    assertThat(new Samples(List.of(2.0, 0.5, 1.0)).render().trim())
        .isEqualTo("1.000  (0.500 to 2.000)");
  }

  @Test
  void refusesToBeEmpty() {
    assertThatThrownBy(() -> new Samples(List.of())).hasMessage("samples must not be empty");
  }
}
