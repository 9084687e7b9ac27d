package io.syllabus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsChangesTest {
  @Test
  void whereARunGoesOnIsNoChangeOfIt() {
    assertThat(
            changes(
                Map.of(
                    "store", "elsewhere",
                    "spark.executor.memory", "2g",
                    "cluster.patience", "1h")))
        .isEmpty();
  }

  @Test
  void whatItComesToIsOne() {
    assertThat(changes(Map.of("training.epochs", "31")))
        .isEqualTo(List.of("training.epochs was 30, is now 31"));
  }

  private static List<String> changes(Map<String, String> now) {
    return SettingsChanges.between(settings(Map.of()), settings(now));
  }

  private static Settings settings(Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>(overrides);
    all.putAll(Map.of("data.labeled", "l", "data.unlabeled", "u"));
    return SettingsReader.read(Optional.empty(), all, Map.of());
  }
}
