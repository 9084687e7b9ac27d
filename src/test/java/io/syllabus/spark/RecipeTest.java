package io.syllabus.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {

  @ParameterizedTest
  @CsvSource({
    // 64 images: by each of 1, 2, 3 or 32 workers, and how many of its own have true labels.
    "1, 64, 63, 63",
    "2, 32, 16, 8",
    "2, 32, 15, 8",
    "3, 21, 62, 20",
    "32, 2, 63, 1",
    "2, 32, 0, 0",
  })
  void aWorkersMinibatchHasRoomForAPseudoLabel(
      int workers, int batchSize, int labeledOfAll, int labeled) {
    Recipe recipe =
        Recipe.of(
            LocalSpark.settings(
                "training.batch-size=64", "training.labeled-per-minibatch=" + labeledOfAll),
            10,
            workers);
    assertThat(recipe.batchSize()).isEqualTo(batchSize);
    assertThat(recipe.labeledPerMinibatch()).isEqualTo(labeled);
  }
}
