package io.syllabus.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CurriculumTest {

  @Test
  void admitsTwentyPercentMoreEachCycle() {
    assertThat(percentiles(20)).containsExactly(80, 60, 40, 20, 0);
  }

  @Test
  void theLastCycleAdmitsAllWhereTheStepDoesNotDivideHundred() {
    assertThat(percentiles(30)).containsExactly(70, 40, 10, 0);
  }

  @Test
  void aStepOfHundredAdmitsAllAtOnce() {
    assertThat(percentiles(100)).containsExactly(0);
  }

  @Test
  void aStepOfOneTakesHundredCycles() {
    assertThat(percentiles(1))
        .containsExactly(IntStream.iterate(99, p -> p >= 0, p -> p - 1).toArray());
  }

  @Property
  void theLastCycleIsTheFirstThatAdmitsAll(@ForAll @IntRange(min = 1, max = 100) int step) {
    int[] percentiles = percentiles(step);
    assertThat(percentiles[percentiles.length - 1]).isZero();
    assertThat(IntStream.of(percentiles).limit(percentiles.length - 1)).doesNotContain(0);
  }

  @Test
  void endsAfterAsManyCyclesAsItIsLet() {
    assertThat(new Curriculum(20, 5).lastCycle()).isEqualTo(5);
    assertThat(new Curriculum(20, 2).lastCycle()).isEqualTo(2);
    assertThat(new Curriculum(20, 0).lastCycle()).isZero();
    assertThatThrownBy(() -> new Curriculum(20, 101))
        .hasMessage("maxCycles must be in [0, 100], found: 101");
  }

  @Test
  void refusesAStepOutsideOneToHundred() {
    assertThatThrownBy(() -> new Curriculum(0, 100))
        .hasMessage("stepPercent must be in [1, 100], found: 0");
    assertThatThrownBy(() -> new Curriculum(101, 100))
        .hasMessage("stepPercent must be in [1, 100], found: 101");
  }

  @Test
  void cycleZeroHasNoPercentile() {
    assertThatThrownBy(() -> new Curriculum(20, 100).percentile(0))
        .hasMessage("cycle 0 selects nothing: the first that does is 1");
  }

  private static int[] percentiles(int stepPercent) {
    Curriculum curriculum = new Curriculum(stepPercent, 100);
    return IntStream.rangeClosed(1, curriculum.lastCycle()).map(curriculum::percentile).toArray();
  }
}
