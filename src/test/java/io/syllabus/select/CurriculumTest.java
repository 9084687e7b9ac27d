package io.syllabus.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurriculumTest {
  @Test
  void admitsTwentyPercentMoreInEachCycleAsPublished() {
    assertThat(percentiles(20)).containsExactly(80, 60, 40, 20, 0);
  }

  @Test
  void admitsTheWholePoolInTheLastCycleWhenTheStepDoesNotDivideIt() {
    assertThat(percentiles(30)).containsExactly(70, 40, 10, 0);
  }

  @Test
  void admitsAllAtOnceWithAStepOfAHundred() {
    assertThat(percentiles(100)).containsExactly(0);
  }

  @Test
  void takesAHundredCyclesWithAStepOfOne() {
    assertThat(percentiles(1)).hasSize(100).startsWith(99, 98).endsWith(0);
  }

  @Test
  void refusesCycleZeroWhichSelectsNothing() {
    assertThatThrownBy(() -> new Curriculum(20).percentile(0))
        .hasMessage("cycle 0 selects nothing: the first that does is 1");
  }

  private static int[] percentiles(int step) {
    Curriculum curriculum = new Curriculum(step);
    return IntStream.rangeClosed(1, curriculum.lastCycle()).map(curriculum::percentile).toArray();
  }
}
