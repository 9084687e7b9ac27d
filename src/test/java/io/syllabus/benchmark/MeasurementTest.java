package io.syllabus.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  @Test
  void isReadFromTheLinesThatItIsWrittenAs() {
    Measurement measurement = new Measurement(12.5, Map.of("images/s of decoded images", 300.25));

    assertThat(Measurement.in(measurement.lines())).contains(measurement);
  }

  @Test
  void isFoundAmongWhateverElseAProgramPrints() {
    List<String> lines = List.of("WARN something", "ALSO 3 test accuracy, per cent", "RESULT 7.5");

    assertThat(Measurement.in(lines))
        .contains(new Measurement(7.5, Map.of("test accuracy, per cent", 3.0)));
  }

  @Test
  void isMissingWhereNoResultWasPrinted() {
    assertThat(Measurement.in(List.of("ALSO 3 things"))).isEmpty();
  }
}
