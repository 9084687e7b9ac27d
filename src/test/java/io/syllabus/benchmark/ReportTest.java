package io.syllabus.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Row ROW =
      new Row(
          "train/x",
          "trains x",
          Unit.IMAGES_A_SECOND,
          new FixedSide("Syllabus", 0),
          new FixedSide("PyTorch 1.13", 0));
  private static final Result RESULT =
      new Result(
          ROW,
          List.of(
              new Measurement(10, Map.of("images/s of pixels", 11.0)),
              new Measurement(30, Map.of("images/s of pixels", 33.0)),
              new Measurement(20, Map.of("images/s of pixels", 22.0))),
          List.of(Measurement.of(20), Measurement.of(20), Measurement.of(40)));
  private static final Report REPORT =
      new Report(RESULT, new Machine("AMD EPYC", 2), Instant.parse("2026-11-24T06:00:00Z"));

  @Test
  void theJsonHasTheMediansAsNumbers() throws Exception {
    JsonNode json = new ObjectMapper().readTree(REPORT.toJson());

    assertThat(json.get("row").asText()).isEqualTo("train/x");
    assertThat(json.get("unit").asText()).isEqualTo("images/s");
    assertThat(json.get("repetitions").intValue()).isEqualTo(3);
    assertThat(json.get("ours").doubleValue()).isEqualTo(20);
    assertThat(json.get("peer").doubleValue()).isEqualTo(20);
    // Of the three ratios 0.5, 1.5 and 0.5.
    assertThat(json.get("ratio").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void theJsonHasEverySampleAndWhatItWasMeasuredOn() throws Exception {
    JsonNode json = new ObjectMapper().readTree(REPORT.toJson());

    assertThat(json.at("/samples/ours").toString()).isEqualTo("[10.0,30.0,20.0]");
    assertThat(json.at("/samples/ratio").toString()).isEqualTo("[0.5,1.5,0.5]");
    assertThat(json.at("/sides/ours/also/images~1s of pixels").toString())
        .isEqualTo("[11.0,33.0,22.0]");
    assertThat(json.at("/sides/peer/description").asText()).isEqualTo("PyTorch 1.13");
    assertThat(json.at("/machine/processor").asText()).isEqualTo("AMD EPYC");
    assertThat(json.at("/machine/cores").intValue()).isEqualTo(2);
    assertThat(json.get("java").asText()).isEqualTo(Runtime.version().toString());
    assertThat(json.get("date").asText()).isEqualTo("2026-11-24T06:00:00Z");
  }

  @Test
  void theTextHasBothSidesTheRatioAndTheMachine() {
    assertThat(REPORT.render().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "train/x, images/s, median (least to greatest) of 3 in turns",
            "ours: Syllabus 20.000 (10.000 to 30.000)",
            " images/s of pixels 22.000 (11.000 to 33.000)",
            "peer: PyTorch 1.13 20.000 (20.000 to 40.000)",
            "ratio, above 1 where ours is better 0.500 (0.500 to 1.500)",
            "machine: AMD EPYC, 2 cores; Java " + Runtime.version() + "; 2026-11-24T06:00:00Z");
  }
}
