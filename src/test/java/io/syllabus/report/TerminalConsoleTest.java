package io.syllabus.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalConsoleTest {
  @Test
  void printsPlainLinesWhereThereIsNoTerminal() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console =
        new TerminalConsole(new PrintStream(out, true, StandardCharsets.UTF_8), false);
    try (Progress progress = console.start("cycle 1: score", " images", 4000)) {
      progress.advanceTo(1000);
      progress.note("validation 50 %");
      progress.advanceTo(4000);
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
        .singleElement()
        .asString()
        .matches("cycle 1: score: 4,000 images, \\d+\\.\\d s, validation 50 %");
  }
}
