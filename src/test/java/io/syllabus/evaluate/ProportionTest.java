package io.syllabus.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProportionTest {
  // Brown, Cai, DasGupta 2001 give Wilson's formula; worked by hand for 8 of 10.
  @Test
  void isWilsonsInterval() {
    Proportion proportion = Proportion.of(8, 10);
    assertThat(proportion.share()).isEqualTo(0.8);
    assertThat(proportion.low()).isCloseTo(0.49016, within(1e-5));
    assertThat(proportion.high()).isCloseTo(0.94332, within(1e-5));
  }

  @Test
  void isOpenOnOneSideWhereAllOrNoneAre() {
    assertThat(Proportion.of(0, 10).low()).isZero();
    assertThat(Proportion.of(0, 10).high()).isCloseTo(0.27753, within(1e-5));
    assertThat(Proportion.of(10, 10).low()).isCloseTo(0.72247, within(1e-5));
    assertThat(Proportion.of(10, 10).high()).isEqualTo(1);
  }

  @Test
  void ofNothingNothingIsKnown() {
    assertThat(Proportion.of(0, 0)).isEqualTo(new Proportion(0.5, 0, 1));
  }

  @Test
  void takesAStandardErrorAndStaysAShare() {
    assertThat(Proportion.of(0.5, 0.1).low()).isCloseTo(0.5 - 0.196, within(1e-4));
    assertThat(Proportion.of(0.5, 0.1).standardError()).isCloseTo(0.1, within(1e-12));
    assertThat(Proportion.of(0.99, 0.1).high()).isEqualTo(1);
    assertThat(Proportion.of(0.01, 0.1).low()).isZero();
  }

  @Test
  void refusesMoreThanAll() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Proportion.of(3, 2))
        .withMessage("3 of 2 is no share");
  }

  @Property
  void theShareLiesInItsInterval(
      @ForAll @IntRange(min = 0, max = 1000) int some, @ForAll @IntRange(max = 1000) int others) {
    Proportion proportion = Proportion.of(some, some + others);
    assertThat(proportion.low()).isBetween(0.0, proportion.share());
    assertThat(proportion.high()).isBetween(proportion.share(), 1.0);
  }

  @Property
  void moreImagesSayMore(@ForAll @IntRange(min = 1, max = 1000) int images) {
    assertThat(Proportion.of(2L * images, 4L * images).standardError())
        .isLessThan(Proportion.of(images, 2L * images).standardError());
  }
}
