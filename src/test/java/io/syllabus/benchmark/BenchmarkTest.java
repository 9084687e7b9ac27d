package io.syllabus.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchmarkTest {
  /** How a command line ended. */
  private record End(int exitCode, String said) {}

  @Test
  void listsEveryRowWithWhatItMeasures() {
    End end = run("--list");

    assertThat(end.exitCode).isZero();
    assertThat(end.said.lines().map(line -> line.split(" +", 2)[0]))
        .containsExactlyElementsOf(List.of(Rows.names().split(", ")))
        .doesNotHaveDuplicates();
    assertThat(end.said.lines()).allMatch(line -> line.matches("\\S+ +\\S.*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train/small     | There is no row train/small. Rows: train/wide-resnet-28-2, train/cnn-13
          ''              | There is no row . Rows: train/wide-resnet-28-2, train/cnn-13
          --repetitions=0 train/cnn-13 | --repetitions must be 1 or more, found: 0
          --seconds=0 train/cnn-13     | --seconds must be positive, found: 0
          --epochs=0 pipeline          | --epochs must be positive, found: 0
          --rows=0 percentile          | --rows must be positive, found: 0
          --images=0 growth            | --images must be positive, found: 0
          --warm-up=-1 train/cnn-13    | --warm-up must not be negative, found: -1
          --json=/none/such train/cnn-13 | --json /none/such is in no folder that exists
          """)
  void refusesWrongArgumentsWithTheRule(String arguments, String message) {
    End end = run(arguments.split(" "));

    assertThat(end.exitCode).isEqualTo(2);
    assertThat(end.said).startsWith(message);
  }

  @Test
  void asksForARowWhereNoneIsNamed() {
    End end = run();

    assertThat(end.exitCode).isEqualTo(2);
    assertThat(end.said).startsWith("Name a row, or --list. Rows: train/");
  }

  private static End run(String... arguments) {
    StringWriter said = new StringWriter();
    CommandLine commandLine =
        Benchmark.commandLine().setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
    return new End(commandLine.execute(arguments), said.toString());
  }
}
