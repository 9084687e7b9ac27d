package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixupTest {
  @Test
  void addsTheSharesOfEachPair() {
    Mixup mixup = new Mixup(0.75f, new int[] {2, 1, 0});
    assertThat(mixup.of(new float[] {0, 8, 1, 1, 4, 4})).containsExactly(1, 7, 1, 1, 3, 5);
  }

  @Property
  void drawsAShareAndAPermutation(
      @ForAll @DoubleRange(min = 0.01, max = 100) double alpha,
      @ForAll @IntRange(min = 1, max = 50) int images,
      @ForAll long seed) {
    Mixup mixup = Mixup.drawn(alpha, images, new SplittableRandom(seed));
    assertThat(mixup.share()).isBetween(0f, 1f);
    assertThat(IntStream.of(mixup.partners()).sorted())
        .containsExactlyElementsOf(IntStream.range(0, images).boxed().toList());
  }

  // Beta(α, α) has mean 1/2 and variance 1 / (4 · (2α + 1)).
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 1, 4})
  void sharesAreOfTheBetaDistribution(double alpha) {
    SplittableRandom random = new SplittableRandom(6);
    int draws = 4_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double share = Mixup.drawn(alpha, 1, random).share();
      sum += share;
      squares += share * share;
    }
    double mean = sum / draws;
    double variance = squares / draws - mean * mean;
    double expected = 1 / (4 * (2 * alpha + 1));
    assertThat(mean).isCloseTo(0.5, within(4 * Math.sqrt(expected / draws)));
    assertThat(variance).isCloseTo(expected, within(0.06 * expected));
  }

  @Test
  void refusesAnAlphaThatMixesNothing() {
    assertThatThrownBy(() -> Mixup.drawn(0, 2, new SplittableRandom(1)))
        .hasMessage("alpha must be positive, found: 0.0");
  }
}
