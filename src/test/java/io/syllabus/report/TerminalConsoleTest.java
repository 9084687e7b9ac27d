package io.syllabus.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalConsoleTest {
  private final ByteArrayOutputStream results = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
  private final Console console = new TerminalConsole(stream(results), stream(errors), false);

  private static PrintStream stream(ByteArrayOutputStream written) {
    return new PrintStream(written, false, StandardCharsets.UTF_8);
  }

  @Test
  void saysALineAtOnce() {
    console.say("9 images are ingested");
    assertThat(results.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines("9 images are ingested\n");
    assertThat(errors.size()).isZero();
  }

  @Test
  void failuresAndProgressAreNoResults() {
    console.complain("The disk is full");
    console.start("cycle 0: train", " images", -1).close();
    assertThat(errors.toString(StandardCharsets.UTF_8))
        .matches("The disk is full\\Rcycle 0: train: 0 images, \\d+\\.\\d s\\R");
    assertThat(results.size()).isZero();
  }

  @Test
  void aPipeGetsOnePlainLineWhenTheWorkEnds() {
    try (Progress progress = console.start("cycle 2: score", " images", 41_000)) {
      progress.advanceTo(1000);
      progress.advanceTo(41_000);
      assertThat(errors.size()).as("bytes before the end").isZero();
    }
    assertThat(errors.toString(StandardCharsets.UTF_8))
        .matches("cycle 2: score: 41,000 images, \\d+\\.\\d s\\R");
  }

  @Test
  void thePlainLineEndsWithTheLatestNote() {
    try (Progress progress = console.start("cycle 0: train", " images", -1)) {
      progress.note("validation 10.00 %");
      progress.note("validation 50.00 %");
      progress.advanceTo(7);
    }
    assertThat(errors.toString(StandardCharsets.UTF_8))
        .matches("cycle 0: train: 7 images, \\d+\\.\\d s, validation 50\\.00 %\\R");
  }
}
