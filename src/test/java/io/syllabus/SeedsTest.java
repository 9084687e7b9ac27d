package io.syllabus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {
  // Stored runs depend on these: a change of the derivation is a change of every run's result.
  @Test
  void neverChangesFromReleaseToRelease() {
    assertThat(Seeds.hash("train/cat/0001.jpg")).isEqualTo(-2324743437993502866L);
    assertThat(Seeds.derive(821, "augment", 1, 2, 3)).isEqualTo(-1328918356684607663L);
  }

  @Test
  void differsByRunPurposeAndPlace() {
    Set<Long> seeds = new HashSet<>();
    for (long seed = 0; seed < 10; seed++) {
      for (String purpose : new String[] {"augment", "order"}) {
        for (long cycle = 0; cycle < 10; cycle++) {
          for (long epoch = 0; epoch < 10; epoch++) {
            seeds.add(Seeds.derive(seed, purpose, cycle, epoch));
          }
        }
      }
    }
    assertThat(seeds).hasSize(2000);
  }

  @Test
  void tellsTheOrderOfCoordinatesApart() {
    assertThat(Seeds.derive(1, "augment", 2, 3)).isNotEqualTo(Seeds.derive(1, "augment", 3, 2));
  }

  @Test
  void givesGeneratorsThatRepeatThemselves() {
    assertThat(Seeds.random(1, "order", 4).nextLong())
        .isEqualTo(Seeds.random(1, "order", 4).nextLong());
  }
}
