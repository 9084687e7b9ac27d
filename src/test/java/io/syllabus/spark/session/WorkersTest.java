package io.syllabus.spark.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.spark.LocalSpark;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void takesWhatIsAskedFor() {
    assertThat(workers(8, "training.workers=3")).isEqualTo(3);
  }

  @Test
  void takesOneASlotWhenNothingIsAskedFor() {
    assertThat(workers(3, "training.workers=0", "training.batch-size=64")).isEqualTo(3);
  }

  @Test
  void takesNoMoreThanThereAreShards() {
    assertThat(workers(8, "training.workers=0", "data.shards=4", "training.batch-size=64"))
        .isEqualTo(4);
  }

  @Test
  void leavesEachWorkerEightImagesOfAMinibatch() {
    assertThat(workers(4, "training.workers=0", "training.batch-size=24")).isEqualTo(3);
    assertThat(workers(4, "training.workers=0", "training.batch-size=3")).isEqualTo(1);
  }

  private static int workers(int slots, String... settings) {
    return Workers.of(LocalSpark.settings(settings), slots);
  }
}
