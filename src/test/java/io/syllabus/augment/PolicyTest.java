package io.syllabus.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.augment.Policy.Pair;
import io.syllabus.augment.Policy.Step;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final byte[] PIXEL = {10, 20, 30};
  private static final Step INVERT = new Step(Operation.INVERT, 1, 0);
  private static final Step NEVER = new Step(Operation.INVERT, 0, 0);

  @Test
  void doesBothOperationsOfAPairInTheirOrder() {
    Step darker = new Step(Operation.BRIGHTNESS, 1, 0);
    // A tenth of 245, 235 and 225; then 255 less a tenth of 10, 20 and 30.
    assertThat(applied(new Pair(INVERT, darker), 1)).containsExactly(24, 23, 22);
    assertThat(applied(new Pair(darker, INVERT), 1))
        .containsExactly((byte) 254, 253 - 256, 252 - 256);
  }

  @Test
  void leavesAnImageWhoseOperationsAreNotDone() {
    assertThat(applied(new Pair(NEVER, NEVER), 1)).isEqualTo(PIXEL);
  }

  @Test
  void doesAnOperationAsOftenAsItsProbabilitySays() {
    Policy policy = new Policy(List.of(new Pair(new Step(Operation.INVERT, 0.3, 0), NEVER)));
    SplittableRandom random = new SplittableRandom(3);
    int inverted = 0;
    for (int i = 0; i < 10_000; i++) {
      inverted += policy.apply(PIXEL, 1, random)[0] == PIXEL[0] ? 0 : 1;
    }
    // Four standard deviations.
    assertThat(inverted).isCloseTo(3_000, within(184));
  }

  @Test
  void choosesEveryPair() {
    Policy policy =
        new Policy(
            List.of(
                new Pair(new Step(Operation.POSTERIZE, 1, 9), NEVER),
                new Pair(NEVER, NEVER),
                new Pair(INVERT, NEVER)));
    SplittableRandom random = new SplittableRandom(4);
    Set<Byte> firstValues = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      firstValues.add(policy.apply(PIXEL, 1, random)[0]);
    }
    assertThat(firstValues).containsExactlyInAnyOrder((byte) 0, (byte) 10, (byte) 245);
  }

  @Test
  void drawsTwentyFivePairsOfAllOperationsAndLevels() {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    Set<Integer> levels = new TreeSet<>();
    for (long seed = 0; seed < 20; seed++) {
      Policy policy = Policy.drawn(seed);
      assertThat(policy.pairs()).hasSize(25);
      for (Pair pair : policy.pairs()) {
        for (Step step : List.of(pair.first(), pair.second())) {
          operations.add(step.operation());
          levels.add(step.level());
          assertThat(step.probability()).isBetween(0.0, 1.0);
        }
      }
    }
    assertThat(operations).containsExactlyInAnyOrder(Operation.values());
    assertThat(levels).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  private static byte[] applied(Pair pair, int size) {
    return new Policy(List.of(pair)).apply(PIXEL, size, new SplittableRandom(2));
  }
}
