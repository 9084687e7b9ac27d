package io.syllabus.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SetupTest {
  private static final Generated NOTHING = Generated.in(Path.of("none"));

  @Test
  void tellsAnotherProcessWhatTheCommandLineSaid() {
    assertThat(new Setup(new Pace(20, 30), Optional.of(5), NOTHING).arguments())
        .containsExactly("--warm-up=20", "--seconds=30", "--epochs=5");
  }

  @Test
  void leavesTheEpochsToTheSettingsWhereNoneAreGiven() {
    assertThat(new Setup(new Pace(0, 1), Optional.empty(), NOTHING).arguments())
        .containsExactly("--warm-up=0", "--seconds=1");
  }
}
