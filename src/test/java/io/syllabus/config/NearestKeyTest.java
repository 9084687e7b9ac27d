package io.syllabus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;

class NearestKeyTest {
  private static final Collection<String> KEYS = Layers.defaults().keySet();

  @Test
  void findsAMisspeltKey() {
    assertThat(NearestKey.to("training.learning-rte", KEYS)).contains("training.learning-rate");
    assertThat(NearestKey.to("training.batchSize", KEYS)).contains("training.batch-size");
    assertThat(NearestKey.to("scorin.batch-size", KEYS)).contains("scoring.batch-size");
  }

  @Test
  void findsAKeyOfAnotherSection() {
    assertThat(NearestKey.to("epochs", KEYS)).contains("training.epochs");
    assertThat(NearestKey.to("data.step-percent", KEYS)).contains("curriculum.step-percent");
  }

  @Test
  void guessesNothingFarAway() {
    assertThat(NearestKey.to("foo", KEYS)).isEmpty();
    assertThat(NearestKey.to("", KEYS)).isEmpty();
  }
}
