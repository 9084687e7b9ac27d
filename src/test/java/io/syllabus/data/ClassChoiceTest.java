package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassChoiceTest {
  // Two labels, one validation image and three of the pool a class, of eight.
  private static final SplitRule RULE = new SplitRule(2, 1, 3, 0);
  private static final ClassChoice CHOICE =
      new ClassChoice(Set.of("cat", "dog"), Set.of("dog", "car"));

  @Test
  void withoutAChoiceEveryClassIsLabelAndPool() {
    ClassChoice all = new ClassChoice(Set.of(), Set.of());
    assertThat(splits(all, "truck")).isEqualTo("VLLPPPUU");
    assertThat(all.labels(List.of("a", "b"))).containsExactly("a", "b");
  }

  @Test
  void aClassThatIsBothGivesLabelsAndPool() {
    assertThat(splits(CHOICE, "dog")).isEqualTo("VLLPPPUU");
  }

  @Test
  void aClassThatIsOnlyLabeledGivesNothingToThePool() {
    assertThat(splits(CHOICE, "cat")).isEqualTo("VLLUUUUU");
  }

  @Test
  void aClassWithoutLabelsGivesThePoolAsMany() {
    assertThat(splits(CHOICE, "car")).isEqualTo("PPPUUUUU");
  }

  @Test
  void aClassThatIsNeitherIsLeftOut() {
    assertThat(splits(CHOICE, "ship")).isEqualTo("UUUUUUUU");
  }

  @Test
  void theRestOfAClassWithoutLabelsIsAllOfIt() {
    SplitRule rest = new SplitRule(2, 1, 0, 0, true);
    StringBuilder splits = new StringBuilder();
    for (String name : List.of("dog", "cat", "car")) {
      IntStream.range(0, 5)
          .forEach(rank -> splits.append(CHOICE.split(rest, name, rank, 5).name().charAt(0)));
    }
    assertThat(splits).hasToString("VLLPP" + "VLLUU" + "PPPPP");
  }

  @Test
  void theLabelsKeepTheirOrder() {
    assertThat(CHOICE.labels(List.of("car", "cat", "dog", "ship"))).containsExactly("cat", "dog");
  }

  /** The splits of the eight images of a class, by their first letter. */
  private static String splits(ClassChoice choice, String className) {
    StringBuilder splits = new StringBuilder();
    IntStream.range(0, 8)
        .forEach(rank -> splits.append(choice.split(RULE, className, rank, 8).name().charAt(0)));
    return splits.toString();
  }
}
