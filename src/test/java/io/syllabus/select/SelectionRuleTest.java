package io.syllabus.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SelectionRuleTest {
  // Class 0 is easy, class 1 is hard, class 2 is found in no image.
  private static final int[] LABELS = {0, 0, 0, 0, 0, 1, 1, 1};
  private static final float[] CONFIDENCES = {.99f, .98f, .97f, .96f, .95f, .6f, .5f, .4f};
  private static final ScoredConfidences POOL = PoolInMemory.scored(3, LABELS, CONFIDENCES);

  @Test
  void thePercentileOfTheWholePoolLeavesTheHardClassOut() {
    SelectionRule rule = new SelectionRule.Percentile(new Curriculum(50, 100));
    assertThat(selected(rule.thresholds(1, POOL))).isEqualTo("11110000");
    assertThat(selected(rule.thresholds(2, POOL))).isEqualTo("11111111");
  }

  @Test
  void thePercentileOfEachClassTakesTheSameShareOfAll() {
    SelectionRule rule = new SelectionRule.PercentilePerClass(new Curriculum(50, 100));
    assertThat(selected(rule.thresholds(1, POOL))).isEqualTo("11100110");
    assertThat(selected(rule.thresholds(2, POOL))).isEqualTo("11111111");
  }

  @Test
  void theTopOfEachClassGrowsByAsManyInEachCycle() {
    SelectionRule rule = new SelectionRule.TopPerClass(2);
    assertThat(selected(rule.thresholds(1, POOL))).isEqualTo("11000110");
    assertThat(selected(rule.thresholds(2, POOL))).isEqualTo("11110111");
    assertThat(selected(rule.thresholds(3, POOL))).isEqualTo("11111111");
  }

  @Test
  void theTopOfAClassTakesWhatTiesWithItsLast() {
    ScoredConfidences ties = PoolInMemory.scored(2, new int[] {0, 0, 0, 1}, .9f, .8f, .8f, .1f);
    Thresholds thresholds = new SelectionRule.TopPerClass(2).thresholds(1, ties);
    assertThat(thresholds.of(0)).isEqualTo(.8f);
    assertThat(thresholds.of(1)).isEqualTo(.1f);
  }

  @Property
  void aLaterCycleNeverTakesLess(
      @ForAll @IntRange(min = 1, max = 200) int images,
      @ForAll @IntRange(min = 1, max = 100) int step,
      @ForAll @IntRange(min = 0, max = 3) int kind,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] labels = random.ints(images, 0, 4).toArray();
    float[] confidences = new float[images];
    for (int i = 0; i < images; i++) {
      confidences[i] = random.nextInt(20) / 20f;
    }
    ScoredConfidences pool = PoolInMemory.scored(4, labels, confidences);
    Curriculum curriculum = new Curriculum(step, 100);
    SelectionRule rule =
        switch (kind) {
          case 0 -> new SelectionRule.Percentile(curriculum);
          case 1 -> new SelectionRule.PercentilePerClass(curriculum);
          case 2 -> new SelectionRule.TopPerClass(step);
          default -> new SelectionRule.FixedThreshold(0.5);
        };
    Thresholds now = rule.thresholds(1, pool);
    for (int cycle = 2; cycle <= curriculum.lastCycle(); cycle++) {
      Thresholds later = rule.thresholds(cycle, pool);
      for (int label = 0; label < 4; label++) {
        assertThat(later.of(label)).isLessThanOrEqualTo(now.of(label));
      }
      now = later;
    }
  }

  @Test
  void thresholdsTellWhetherTheyDiffer() {
    assertThat(Thresholds.uniform(0.5, 3).isUniform()).isTrue();
    Thresholds differing =
        new SelectionRule.PercentilePerClass(new Curriculum(50, 100)).thresholds(1, POOL);
    assertThat(differing.isUniform()).isFalse();
    assertThat(differing.least()).isZero();
    assertThat(differing.byLabel()).containsExactly(.97f, .5f, 0);
  }

  /** A one for each image that is taken. */
  private static String selected(Thresholds thresholds) {
    StringBuilder selected = new StringBuilder();
    for (int i = 0; i < LABELS.length; i++) {
      selected.append(CONFIDENCES[i] >= thresholds.of(LABELS[i]) ? 1 : 0);
    }
    return selected.toString();
  }
}
