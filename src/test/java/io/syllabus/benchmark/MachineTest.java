package io.syllabus.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void namesTheProcessorAsLinuxDoes() {
    List<String> lines = List.of("processor\t: 0", "model name\t: AMD EPYC 9554", "stepping\t: 1");

    assertThat(Machine.processorName(lines)).isEqualTo("AMD EPYC 9554");
  }

  @Test
  void namesTheArchitectureWhereLinuxNamesNoProcessor() {
    assertThat(Machine.processorName(List.of())).isEqualTo(System.getProperty("os.arch"));
  }
}
