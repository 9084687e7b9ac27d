package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoggedLinesTest {
  @Test
  void takesWholeLines() {
    List<String> logged = new ArrayList<>();
    PrintStream out = new PrintStream(new LoggedLines(logged::add), false, StandardCharsets.UTF_8);

    out.print("ä failure");
    assertThat(logged).isEmpty();
    out.print(" in\r\n\tone thread\nand");
    assertThat(logged).containsExactly("ä failure in", "\tone thread");
  }
}
