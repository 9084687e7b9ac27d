package io.syllabus.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalConsoleTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Console console =
      new TerminalConsole(new PrintStream(written, false, StandardCharsets.UTF_8), false);

  @Test
  void saysALineAtOnce() {
    console.say("9 images are ingested");
    assertThat(written.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines("9 images are ingested\n");
  }

  @Test
  void aPipeGetsOnePlainLineWhenTheWorkEnds() {
    try (Progress progress = console.start("cycle 2: score", " images", 41_000)) {
      progress.advanceTo(1000);
      progress.advanceTo(41_000);
      assertThat(written.size()).as("bytes before the end").isZero();
    }
    assertThat(written.toString(StandardCharsets.UTF_8))
        .matches("cycle 2: score: 41,000 images, \\d+\\.\\d s\\R");
  }

  @Test
  void thePlainLineEndsWithTheLatestNote() {
    try (Progress progress = console.start("cycle 0: train", " images", -1)) {
      progress.note("validation 10.00 %");
      progress.note("validation 50.00 %");
      progress.advanceTo(7);
    }
    assertThat(written.toString(StandardCharsets.UTF_8))
        .matches("cycle 0: train: 7 images, \\d+\\.\\d s, validation 50\\.00 %\\R");
  }
}
