package io.syllabus.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactPercentileTest {

  private record Case(String name, double percent, double expected, float... confidences) {
    @Override
    public String toString() {
      return name;
    }
  }

  // src/test/python/numpy_percentiles.py printed these.
  static Stream<Case> casesOfNumPy() {
    return Stream.of(
        new Case("one element, the middle", 50, 0x1.6666660000000p-1, 0.7f),
        new Case("one element, 0 percent", 0, 0x1.6666660000000p-1, 0.7f),
        new Case("one element, 100 percent", 100, 0x1.6666660000000p-1, 0.7f),
        new Case("two elements, below the middle", 40, 0x1.ae147a4cccccdp-2, 0.9f, 0.1f),
        new Case("two elements, the middle", 50, 0x1.ffffff4000000p-2, 0.9f, 0.1f),
        new Case("two elements, above the middle", 60, 0x1.28f5c2199999ap-1, 0.9f, 0.1f),
        new Case("all equal", 37, 0x1.3333340000000p-2, 0.3f, 0.3f, 0.3f, 0.3f, 0.3f),
        new Case(
            "0 percent is the least",
            0,
            0x1.99999a0000000p-5,
            0.91f,
            0.13f,
            0.57f,
            0.99f,
            0.34f,
            0.78f,
            0.05f,
            0.66f,
            0.42f,
            0.88f,
            0.21f),
        new Case(
            "100 percent is the largest",
            100,
            0x1.fae1480000000p-1,
            0.91f,
            0.13f,
            0.57f,
            0.99f,
            0.34f,
            0.78f,
            0.05f,
            0.66f,
            0.42f,
            0.88f,
            0.21f),
        new Case(
            "on an order statistic",
            80,
            0x1.c28f5c0000000p-1,
            0.91f,
            0.13f,
            0.57f,
            0.99f,
            0.34f,
            0.78f,
            0.05f,
            0.66f,
            0.42f,
            0.88f,
            0.21f),
        new Case(
            "between two, near the lower",
            33,
            0x1.74bc6a6666667p-2,
            0.91f,
            0.13f,
            0.57f,
            0.99f,
            0.34f,
            0.78f,
            0.05f,
            0.66f,
            0.42f,
            0.88f,
            0.21f),
        new Case(
            "between two, interpolated from the upper",
            9,
            0x1.f3b6448000000p-4,
            0.91f,
            0.13f,
            0.57f,
            0.99f,
            0.34f,
            0.78f,
            0.05f,
            0.66f,
            0.42f,
            0.88f,
            0.21f),
        new Case(
            "a position that rounding moves off its order statistic",
            28,
            0x1.ae147a0000001p-3,
            0.0f,
            0.03f,
            0.06f,
            0.09f,
            0.12f,
            0.15f,
            0.18f,
            0.21f,
            0.24f,
            0.27f,
            0.3f,
            0.33f,
            0.36f,
            0.39f,
            0.42f,
            0.45f,
            0.48f,
            0.51f,
            0.54f,
            0.57f,
            0.6f,
            0.63f,
            0.66f,
            0.69f,
            0.72f,
            0.75f),
        new Case(
            "ties on both sides", 60, 0x1.0000000000000p-1, 0.5f, 0.9f, 0.5f, 0.5f, 0.1f, 0.9f),
        new Case(
            "between a tie and its neighbour",
            75,
            0x1.9999990000000p-1,
            0.5f,
            0.9f,
            0.5f,
            0.5f,
            0.1f,
            0.9f),
        new Case("floats next to each other", 50, 0x1.6666670000000p-1, 0.7f, 0.70000005f),
        new Case("neighbours with other high bits", 25, 0x1.fffffe8000000p-2, 0.49999997f, 0.5f),
        new Case(
            "zero and the least positive float",
            20,
            0x1.3333333333334p-150,
            0.0f,
            0x1.0000000000000p-149f,
            0x1.16c2000000000p-133f,
            0x1.0000000000000p-126f),
        new Case(
            "denormal floats",
            70,
            0x1.b8f5d3333331ap-130,
            0.0f,
            0x1.0000000000000p-149f,
            0x1.16c2000000000p-133f,
            0x1.0000000000000p-126f),
        new Case("certain images", 20, 0x1.6666666666667p-1, 1.0f, 0.25f, 1.0f, 1.0f));
  }

  @ParameterizedTest
  @MethodSource("casesOfNumPy")
  void equalsNumPyToTheLastBit(Case known) {
    assertThat(percentile(known.percent(), known.confidences())).isEqualTo(known.expected());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 50, 60, 100})
  void passesTwiceWhereverThePercentileLies(double percent) {
    PoolInMemory pool = new PoolInMemory(0.1f, 0.4f, 0.9f);
    new ExactPercentile(pool).of(percent);
    assertThat(pool.passes()).isEqualTo(2);
  }

  @Test
  void findsEachGroupsOwnPercentileInTheSamePasses() {
    PoolInMemory pool =
        new PoolInMemory(4, new int[] {0, 2, 0, 2, 0, 3}, 0.1f, 0.2f, 0.5f, 0.4f, 0.9f, 0.7f);
    assertThat(new ExactPercentile(pool).ofEach(50))
        .containsExactly(
            OptionalDouble.of(0.5f),
            OptionalDouble.empty(),
            OptionalDouble.of(0.2f + ((double) 0.4f - 0.2f) * 0.5),
            OptionalDouble.of(0.7f));
    assertThat(pool.passes()).isEqualTo(2);
  }

  @Property(tries = 100)
  void eachGroupsPercentileIsThatOfItsSortedConfidences(
      @ForAll @IntRange(min = 1, max = 3_000) int groups,
      @ForAll @IntRange(min = 1, max = 500) int size,
      @ForAll boolean manyTies,
      @ForAll @DoubleRange(min = 0, max = 100) double percent,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] confidences = confidences(size, manyTies, seed);
    int[] labels = random.ints(size, 0, groups).toArray();
    List<OptionalDouble> percentiles =
        new ExactPercentile(new PoolInMemory(groups, labels, confidences)).ofEach(percent);
    assertThat(percentiles).hasSize(groups);
    for (int group = 0; group < groups; group++) {
      float[] own = ofGroup(group, labels, confidences);
      assertThat(percentiles.get(group))
          .isEqualTo(
              own.length == 0
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(bySorting(percent, own)));
    }
  }

  private static float[] ofGroup(int group, int[] labels, float[] confidences) {
    float[] own = new float[confidences.length];
    int size = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == group) {
        own[size++] = confidences[i];
      }
    }
    return Arrays.copyOf(own, size);
  }

  @Test
  void refusesOnePercentileOfSeveralGroups() {
    ExactPercentile percentile =
        new ExactPercentile(new PoolInMemory(2, new int[] {0, 1}, 0.1f, 0.2f));
    assertThatThrownBy(() -> percentile.of(50)).hasMessage("2 groups have a percentile each");
  }

  @Test
  void tellsHowManyConfidencesThereAre() {
    assertThat(new ExactPercentile(new PoolInMemory(0.1f, 0.1f, 1f)).total()).isEqualTo(3);
  }

  @Test
  void refusesAnEmptyPool() {
    ExactPercentile empty = new ExactPercentile(new PoolInMemory());
    assertThat(empty.total()).isZero();
    assertThatThrownBy(() -> empty.of(80))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no confidences: their percentile is not defined");
  }

  @Test
  void refusesAPercentOutsideZeroToHundred() {
    ExactPercentile percentile = new ExactPercentile(new PoolInMemory(0.5f));
    assertThatThrownBy(() -> percentile.of(-1))
        .hasMessage("percent must be in [0, 100], found: -1.0");
    assertThatThrownBy(() -> percentile.of(100.5))
        .hasMessage("percent must be in [0, 100], found: 100.5");
    assertThatThrownBy(() -> percentile.of(Double.NaN))
        .hasMessage("percent must be in [0, 100], found: NaN");
  }

  @Property(tries = 150)
  void equalsAPercentileOfSortedConfidences(
      @ForAll @IntRange(min = 1, max = 10_000) int size,
      @ForAll boolean manyTies,
      @ForAll @DoubleRange(min = 0, max = 100) double percent,
      @ForAll long seed) {
    float[] confidences = confidences(size, manyTies, seed);
    assertThat(percentile(percent, confidences)).isEqualTo(bySorting(percent, confidences));
  }

  @Property(tries = 150)
  void equalsAPercentileOfSortedConfidencesForTheWholePercentsOfCurricula(
      @ForAll @IntRange(min = 1, max = 300) int size,
      @ForAll boolean manyTies,
      @ForAll @IntRange(min = 0, max = 100) int percent,
      @ForAll long seed) {
    float[] confidences = confidences(size, manyTies, seed);
    assertThat(percentile(percent, confidences)).isEqualTo(bySorting(percent, confidences));
  }

  @Property(tries = 100)
  void aLargerPercentNeverGivesASmallerThreshold(
      @ForAll @IntRange(min = 1, max = 500) int size,
      @ForAll boolean manyTies,
      @ForAll @DoubleRange(min = 0, max = 100) double one,
      @ForAll @DoubleRange(min = 0, max = 100) double other,
      @ForAll long seed) {
    ExactPercentile percentile =
        new ExactPercentile(new PoolInMemory(confidences(size, manyTies, seed)));
    assertThat(percentile.of(Math.min(one, other)))
        .isLessThanOrEqualTo(percentile.of(Math.max(one, other)));
  }

  private static double percentile(double percent, float... confidences) {
    return new ExactPercentile(new PoolInMemory(confidences)).of(percent);
  }

  private static float[] confidences(int size, boolean manyTies, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] confidences = new float[size];
    for (int i = 0; i < size; i++) {
      confidences[i] = manyTies ? random.nextInt(8) / 7f : (float) random.nextDouble();
    }
    return confidences;
  }

  // numpy.percentile as its documentation and its _lerp have it, on a sorted copy.
  private static double bySorting(double percent, float[] confidences) {
    float[] sorted = confidences.clone();
    Arrays.sort(sorted);
    double position = percent / 100 * (sorted.length - 1);
    int below = (int) position;
    double a = sorted[below];
    double b = sorted[Math.min(below + 1, sorted.length - 1)];
    double t = position - below;
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
  }
}
