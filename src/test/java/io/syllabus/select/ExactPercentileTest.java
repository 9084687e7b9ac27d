package io.syllabus.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ExactPercentileTest {
  /** Expected values are NumPy's: {@code src/test/python/percentile_cases.py} prints them. */
  private record Case(double percent, double expected, float... confidences) {}

  private static Case expected(double percent, double expected, float... confidences) {
    return new Case(percent, expected, confidences);
  }

  private static final List<Case> NUMPY =
      List.of(
          expected(50, 0x1.0000000000000p-1, 0.5f),
          expected(0, 0x1.0000000000000p-1, 0.5f),
          expected(100, 0x1.0000000000000p-1, 0.5f),
          expected(50, 0x1.ffffff4000000p-2, 0.1f, 0.9f),
          expected(25, 0x1.333332e000000p-2, 0.1f, 0.9f),
          expected(99, 0x1.c8b4388d70a3dp-1, 0.1f, 0.9f),
          expected(80, 0x1.0000000000000p-2, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f),
          expected(0, 0x1.0000000000000p-2, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f, 0.25f),
          expected(50, 0x1.0000000000000p-1, 0.9f, 0.5f, 0.5f, 0.1f),
          expected(80, 0x1.51eb84ccccccep-1, 0.9f, 0.5f, 0.5f, 0.1f),
          expected(60, 0x1.0000000000000p-1, 0.5f, 0.5f, 0.5f, 0.9f),
          expected(80, 0x1.0000000000000p-1, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f),
          expected(60, 0x1.99999a0000000p-2, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f),
          expected(40, 0x1.3333340000000p-2, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f),
          expected(20, 0x1.99999a0000000p-3, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f),
          expected(0, 0x1.99999a0000000p-4, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f),
          expected(100, 0x1.3333340000000p-1, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f),
          expected(33, 0x1.13f86147ae148p-133, 0.0f, 1e-40f, 1.0f, 1.0f),
          expected(55, 0x1.fffffe3333333p-1, 0.99999994f, 1.0f, 0.9999999f),
          expected(37, 0x1.9168738f5c28ep-2, 0.7f, 0.1f, 0.33333334f, 0.9f, 0.2f, 0.6f, 0.8f));

  /** Counts in memory, and how often it was asked. */
  private static final class Counts implements ConfidenceCounts {
    private final float[] confidences;
    private int passes;

    Counts(float... confidences) {
      this.confidences = confidences;
    }

    @Override
    public long[] byHighBits() {
      passes++;
      long[] counts = new long[BUCKETS];
      for (float confidence : confidences) {
        counts[Float.floatToIntBits(confidence) >>> 16]++;
      }
      return counts;
    }

    @Override
    public long[] byLowBits(int highBits) {
      passes++;
      long[] counts = new long[BUCKETS];
      for (float confidence : confidences) {
        int bits = Float.floatToIntBits(confidence);
        if (bits >>> 16 == highBits) {
          counts[bits & 0xffff]++;
        }
      }
      return counts;
    }
  }

  @Test
  void equalsNumPyToTheLastBit() {
    assertThat(NUMPY).hasSize(20);
    for (Case each : NUMPY) {
      assertThat(new ExactPercentile(new Counts(each.confidences())).of(each.percent()))
          .as("%s percent of %s", each.percent(), Arrays.toString(each.confidences()))
          .isEqualTo(each.expected());
    }
  }

  @Test
  void needsOnePassAndOneMoreForEachOrderStatistic() {
    Counts counts = new Counts(0.1f, 0.4f, 0.9f, 0.95f);
    new ExactPercentile(counts).of(50);
    assertThat(counts.passes).isEqualTo(3);
  }

  @Test
  void refusesAnEmptyPool() {
    assertThatThrownBy(() -> new ExactPercentile(new Counts()).of(50))
        .hasMessage("no confidences: their percentile is not defined");
  }

  @Test
  void refusesAPercentOutsideItsRange() {
    assertThatThrownBy(() -> new ExactPercentile(new Counts(1f)).of(101))
        .hasMessage("percent must be in [0, 100], found: 101.0");
  }

  @Property
  void equalsTheSortedDefinition(
      @ForAll("confidences") float[] confidences,
      @ForAll @DoubleRange(min = 0, max = 100) double percent) {
    assertThat(new ExactPercentile(new Counts(confidences)).of(percent))
        .isEqualTo(bySorting(confidences, percent));
  }

  @Property
  void aLargerPercentNeverGivesASmallerThreshold(
      @ForAll("confidences") float[] confidences,
      @ForAll @DoubleRange(min = 0, max = 100) double one,
      @ForAll @DoubleRange(min = 0, max = 100) double other) {
    ExactPercentile percentile = new ExactPercentile(new Counts(confidences));
    assertThat(percentile.of(Math.min(one, other)))
        .isLessThanOrEqualTo(percentile.of(Math.max(one, other)));
  }

  @Provide
  Arbitrary<float[]> confidences() {
    Arbitrary<Float> any = Arbitraries.floats().between(0f, 1f).ofScale(7);
    Arbitrary<Float> tied = Arbitraries.of(0f, 0.1f, 0.5f, 0.99f, 1f);
    return Arbitraries.oneOf(any, tied).array(float[].class).ofMinSize(1).ofMaxSize(2000);
  }

  private static double bySorting(float[] confidences, double percent) {
    float[] sorted = confidences.clone();
    Arrays.sort(sorted);
    double position = (sorted.length - 1) * (percent / 100);
    int below = (int) Math.floor(position);
    double fraction = position - below;
    double lower = sorted[below];
    double upper = sorted[Math.min(below + 1, sorted.length - 1)];
    return fraction >= 0.5
        ? upper - (upper - lower) * (1 - fraction)
        : lower + (upper - lower) * fraction;
  }
}
