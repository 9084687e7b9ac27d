package io.syllabus.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class GeneratedTest {
  @Test
  void isReadFromTheOptionsThatItIsWrittenAs() throws Exception {
    Generated generated = new Generated(Path.of("shared"), Optional.of(1_000L), Optional.of(200));

    SetupOptions options =
        CommandLine.populateCommand(
            new SetupOptions(), generated.arguments().toArray(String[]::new));
    assertThat(options.setup().generated()).isEqualTo(generated);
  }
}
