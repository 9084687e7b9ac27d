package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.config.DataSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitRuleTest {

  @Test
  void takesValidationThenLabeledThenPoolAndLeavesTheRest() {
    SplitRule rule = new SplitRule(3, 2, 4, 0);
    assertThat(rule.split(0, 10)).isEqualTo(Split.VALIDATION);
    assertThat(rule.split(1, 10)).isEqualTo(Split.VALIDATION);
    assertThat(rule.split(2, 10)).isEqualTo(Split.LABELED);
    assertThat(rule.split(4, 10)).isEqualTo(Split.LABELED);
    assertThat(rule.split(5, 10)).isEqualTo(Split.POOL);
    assertThat(rule.split(8, 10)).isEqualTo(Split.POOL);
    assertThat(rule.split(9, 10)).isEqualTo(Split.UNUSED);
    assertThat(rule.leastPerClass()).isEqualTo(9);
  }

  @Test
  void theRestMayJoinThePool() {
    SplitRule rest = new SplitRule(3, 2, 0, 0, true);
    assertThat(sizes(rest, 10))
        .isEqualTo(Map.of(Split.VALIDATION, 2L, Split.LABELED, 3L, Split.POOL, 5L));
    assertThat(sizes(rest, 5)).isEqualTo(Map.of(Split.VALIDATION, 2L, Split.LABELED, 3L));
    assertThat(rest.leastPerClass()).isEqualTo(5);
  }

  @Test
  void withoutACountAllThatRemainAreLabeled() {
    assertThat(sizes(new SplitRule(0, 2, 0, 0), 7))
        .isEqualTo(Map.of(Split.VALIDATION, 2L, Split.LABELED, 5L));
    assertThat(new SplitRule(0, 2, 0, 0).leastPerClass()).isEqualTo(3);
  }

  @Test
  void validatesOnAFractionRoundedToTheNearestImageAndOnOneAtLeast() {
    SplitRule fifth = new SplitRule(0, 0, 0, 0.2);
    assertThat(sizes(fifth, 10)).isEqualTo(Map.of(Split.VALIDATION, 2L, Split.LABELED, 8L));
    assertThat(sizes(fifth, 13)).isEqualTo(Map.of(Split.VALIDATION, 3L, Split.LABELED, 10L));
    assertThat(sizes(fifth, 2)).isEqualTo(Map.of(Split.VALIDATION, 1L, Split.LABELED, 1L));
    assertThat(fifth.leastPerClass()).isEqualTo(2);
  }

  @Test
  void aCountOfValidationImagesGoesBeforeTheFraction() {
    assertThat(sizes(new SplitRule(0, 1, 0, 0.5), 10))
        .isEqualTo(Map.of(Split.VALIDATION, 1L, Split.LABELED, 9L));
  }

  @Test
  void validatesOnNoneWhereValidationHasASourceOfItsOwn() {
    SplitRule rule = SplitRule.of(settings(Optional.of("held-out")));
    assertThat(rule).isEqualTo(new SplitRule(4, 0, 5, 0));
    assertThat(sizes(rule, 12))
        .isEqualTo(Map.of(Split.LABELED, 4L, Split.POOL, 5L, Split.UNUSED, 3L));
    assertThat(rule.leastPerClass()).isEqualTo(9);
  }

  @Test
  void takesTheRuleFromTheSettings() {
    assertThat(SplitRule.of(settings(Optional.empty()))).isEqualTo(new SplitRule(4, 0, 5, 0.25));
  }

  // Of 5 images a fifth is 1, which leaves the 4; of 9 it is 2 and leaves 7, of 10 it leaves the 8.
  @Test
  void asksForEnoughImagesThatTheFractionLeavesWhatTheCountsAskFor() {
    assertThat(new SplitRule(4, 0, 0, 0.2).leastPerClass()).isEqualTo(5);
    assertThat(new SplitRule(8, 0, 0, 0.2).leastPerClass()).isEqualTo(10);
    assertThat(new SplitRule(400, 0, 0, 0.2).leastPerClass()).isEqualTo(500);
    assertThat(new SplitRule(0, 0, 0, 0.9).leastPerClass()).isEqualTo(6);
  }

  @Property
  void aClassOfTheLeastSizeGivesWhatWasAskedFor(
      @ForAll @IntRange(min = 0, max = 50) int labeled,
      @ForAll @IntRange(min = 0, max = 10) int validation,
      @ForAll @IntRange(min = 0, max = 50) int pool,
      @ForAll @DoubleRange(min = 0, max = 0.9) double fraction,
      @ForAll @IntRange(min = 0, max = 20) int more) {
    SplitRule rule = new SplitRule(labeled, validation, pool, fraction);
    Map<Split, Long> sizes = sizes(rule, rule.leastPerClass() + more);
    assertThat(sizes.getOrDefault(Split.POOL, 0L)).isEqualTo(pool);
    if (labeled > 0) {
      assertThat(sizes).containsEntry(Split.LABELED, (long) labeled);
    } else {
      assertThat(sizes.getOrDefault(Split.LABELED, 0L)).isPositive();
    }
    if (validation > 0) {
      assertThat(sizes).containsEntry(Split.VALIDATION, (long) validation);
    } else {
      assertThat(sizes.getOrDefault(Split.VALIDATION, 0L) > 0).isEqualTo(fraction > 0);
    }
  }

  @Test
  void refusesARankOutsideTheClass() {
    SplitRule rule = new SplitRule(1, 1, 1, 0);
    assertThatThrownBy(() -> rule.split(5, 5)).hasMessage("rank must be in [0, 5), found: 5");
    assertThatThrownBy(() -> rule.split(-1, 5)).hasMessage("rank must be in [0, 5), found: -1");
  }

  private static Map<Split, Long> sizes(SplitRule rule, long ofClass) {
    Map<Split, Long> sizes = new EnumMap<>(Split.class);
    for (long rank = 0; rank < ofClass; rank++) {
      sizes.merge(rule.split(rank, ofClass), 1L, Long::sum);
    }
    return sizes;
  }

  private static DataSettings settings(Optional<String> validation) {
    return InventoryTest.settings(
        Optional.empty(),
        validation,
        new DataSettings.Split(4, 0, 5, 0.25, List.of(), List.of(), false));
  }
}
