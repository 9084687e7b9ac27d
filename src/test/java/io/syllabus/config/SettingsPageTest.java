package io.syllabus.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

  @Test
  void isWhatTheReferenceMakesOfIt() throws IOException {
    assertThat(SettingsPage.PATH).hasContent(SettingsPage.page());
  }

  @Test
  void listsEveryKeyOnceWithItsDefault() throws IOException {
    String page = Files.readString(SettingsPage.PATH);
    for (String key : Layers.defaults().keySet()) {
      assertThat(page).containsOnlyOnce("\n| `" + key + "` | ");
    }
    assertThat(page).contains("| `training.l2` | `5.0E-4` | Factor of the L2 penalty");
  }
}
