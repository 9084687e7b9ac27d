package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitRuleTest {
  @Test
  void takesCountsAClassAndLeavesTheRestUnused() {
    assertThat(counts(new SplitRule(3, 2, 4, 0.2), 12)).containsExactly(3, 2, 4, 0, 3);
  }

  @Test
  void keepsAShareForValidationAndLabelsTheRest() {
    assertThat(counts(new SplitRule(0, 0, 0, 0.2), 10)).containsExactly(8, 2, 0, 0, 0);
  }

  @Test
  void keepsOneForValidationHoweverSmallTheClass() {
    assertThat(counts(new SplitRule(0, 0, 0, 0.2), 2)).containsExactly(1, 1, 0, 0, 0);
  }

  @Test
  void labelsAllWhereValidationHasASourceOfItsOwn() {
    assertThat(counts(new SplitRule(0, 0, 0, 0), 5)).containsExactly(5, 0, 0, 0, 0);
  }

  @Test
  void knowsTheLeastThatAClassMustHave() {
    assertThat(new SplitRule(3, 2, 4, 0.2).leastPerClass()).isEqualTo(9);
    assertThat(new SplitRule(0, 0, 0, 0.2).leastPerClass()).isEqualTo(2);
    assertThat(new SplitRule(0, 0, 0, 0).leastPerClass()).isEqualTo(1);
  }

  @Test
  void refusesARankOutsideTheClass() {
    assertThatThrownBy(() -> new SplitRule(1, 0, 0, 0).split(5, 5))
        .hasMessage("rank must be in [0, 5), found: 5");
  }

  /** Images of each split, in the order of the enum. */
  private static List<Integer> counts(SplitRule rule, int ofClass) {
    List<Split> splits = new ArrayList<>();
    for (int rank = 0; rank < ofClass; rank++) {
      splits.add(rule.split(rank, ofClass));
    }
    List<Integer> counts = new ArrayList<>();
    for (Split split :
        List.of(Split.LABELED, Split.VALIDATION, Split.POOL, Split.TEST, Split.UNUSED)) {
      counts.add(Collections.frequency(splits, split));
    }
    return counts;
  }
}
