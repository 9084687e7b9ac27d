package io.syllabus.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.spark.LocalSpark;
import org.junit.jupiter.api.Test;
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

  @ParameterizedTest
  @CsvSource({
    // Two workers of 32 images each, 8 of them with true labels at least; examples with true labels
    // and in all, and what follows: true labels in a minibatch, minibatches until all are seen.
    "1000, 11000, 8, 209",
    "1000, 4000, 8, 63",
    "1000, 3000, 11, 48",
    "1000, 1528, 21, 24",
    "1000, 1001, 31, 17",
    "1000, 1000, 0, 16",
  })
  void trueLabelsGetTheirShareOfAMinibatchWhereThatIsMore(
      long labeled, long examples, int perMinibatch, int pass) {
    Recipe recipe = recipe(16).forSet(labeled, examples);
    assertThat(recipe.labeledPerMinibatch()).isEqualTo(perMinibatch);
    assertThat(recipe.passOver(2, labeled, examples)).isEqualTo(pass);
  }

  @Test
  void chanceGivesTrueLabelsTheirShare() {
    Recipe recipe = recipe(0).forSet(1000, 3000);
    assertThat(recipe.labeledPerMinibatch()).isZero();
    assertThat(recipe.passOver(2, 1000, 3000)).isEqualTo(47);
  }

  private static Recipe recipe(int labeledPerMinibatch) {
    return Recipe.of(
        LocalSpark.settings(
            "training.batch-size=64", "training.labeled-per-minibatch=" + labeledPerMinibatch),
        10,
        2);
  }
}
