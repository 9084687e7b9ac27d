package io.syllabus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {
  // Runs are repeated by their seed: a change of these numbers makes every earlier run another one.
  @Test
  void theSeedOfAChoiceNeverChanges() {
    assertThat(Seeds.derive(17, "weights", 2)).isEqualTo(-8093115725917286572L);
    assertThat(Seeds.derive(17, "augment", 1, 2, 3)).isEqualTo(527972729380138932L);
    assertThat(Seeds.derive(-1, "split")).isEqualTo(-2650624678534296956L);
  }

  @Test
  void theHashOfATextNeverChanges() {
    assertThat(Seeds.hash("")).isEqualTo(-780787492076525413L);
    assertThat(Seeds.hash("cat/1.png")).isEqualTo(2790499027069188272L);
    assertThat(Seeds.hash("Käfer/ß.png")).isEqualTo(3249999378866487479L);
  }

  @Test
  void differsByRunAndByPurpose() {
    assertThat(Seeds.derive(1, "weights", 0)).isNotEqualTo(Seeds.derive(2, "weights", 0));
    assertThat(Seeds.derive(1, "weights", 0)).isNotEqualTo(Seeds.derive(1, "order", 0));
  }

  @Test
  void differsByEachCoordinateOfThePlaceAndByTheirOrder() {
    Set<Long> seeds = new HashSet<>();
    for (int cycle = 0; cycle < 10; cycle++) {
      for (int epoch = 0; epoch < 10; epoch++) {
        for (int partition = 0; partition < 10; partition++) {
          seeds.add(Seeds.derive(17, "augment", cycle, epoch, partition));
        }
      }
    }
    assertThat(seeds).hasSize(1000);
  }

  @Test
  void zerosInAPlaceCount() {
    assertThat(Seeds.derive(0, "order", 0)).isNotEqualTo(Seeds.derive(0, "order", 0, 0));
    assertThat(Seeds.derive(0, "order")).isNotEqualTo(Seeds.derive(0, "order", 0));
  }

  @Test
  void theGeneratorOfAChoiceIsSeededByIt() {
    long first = Seeds.random(17, "augment", 1, 2).nextLong();
    assertThat(Seeds.random(17, "augment", 1, 2).nextLong()).isEqualTo(first);
    assertThat(Seeds.random(17, "augment", 2, 1).nextLong()).isNotEqualTo(first);
  }
}
