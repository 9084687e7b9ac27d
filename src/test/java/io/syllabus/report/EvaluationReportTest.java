package io.syllabus.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.syllabus.evaluate.ConfusionMatrix;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {
  private final EvaluationReport report = new EvaluationReport(List.of("cat", "dog"), matrix());

  private static ConfusionMatrix matrix() {
    ConfusionMatrix matrix = new ConfusionMatrix(2);
    matrix.add(0, new float[] {0.9f, 0.1f});
    matrix.add(0, new float[] {0.2f, 0.8f});
    return matrix;
  }

  @Test
  void showsAccuraciesAndTheConfusionMatrix() {
    assertThat(report.render())
        .contains("Accuracy 50.00 %, top-5 100.00 %, 2 images")
        .contains("cat           2     50.00 %")
        .contains("dog           0           -")
        .contains("Confusion: rows are true classes, columns predictions")
        .contains("cat          1        1");
  }

  @Test
  void writesTheSameForPrograms() throws IOException {
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(json.get("accuracy").asDouble()).isEqualTo(0.5);
    assertThat(json.get("topFiveAccuracy").asDouble()).isEqualTo(1);
    assertThat(json.get("classAccuracy").get("dog").isNull()).isTrue();
    assertThat(json.get("confusion").get(0).get(1).asLong()).isEqualTo(1);
  }
}
