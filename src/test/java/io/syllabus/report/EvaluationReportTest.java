package io.syllabus.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.syllabus.evaluate.ConfusionMatrix;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationReportTest {

  @Test
  void showsAccuraciesAndTheConfusionMatrix() {
    assertThat(report().render())
        .isEqualToNormalizingNewlines(
            """

            Accuracy 75.00 %, top-5 100.00 %, 4 images

            class        images    accuracy
            cat               3     66.67 %
            crocodile         1    100.00 %
            dog               0           -

            Confusion: rows are true classes, columns predictions
                           cat  crocodi      dog
            cat              2        0        1
            crocodile        0        1        0
            dog              0        0        0
            """);
  }

  @Test
  void hasTheSameAsJson() throws JsonProcessingException {
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(report().toJson()))
        .isEqualTo(
            json.readTree(
                """
                {
                  "images": 4,
                  "accuracy": 0.75,
                  "topFiveAccuracy": 1.0,
                  "classes": ["cat", "crocodile", "dog"],
                  "classAccuracy": {"cat": 0.6666666666666666, "crocodile": 1.0, "dog": null},
                  "confusion": [[2, 0, 1], [0, 1, 0], [0, 0, 0]]
                }
                """));
  }

  @Test
  void leavesOutAMatrixTooWideForATerminal() {
    assertThat(ofClasses(20).render()).contains("Confusion");
    assertThat(ofClasses(21).render()).contains("class-20").doesNotContain("Confusion");
  }

  private static EvaluationReport report() {
    ConfusionMatrix matrix = new ConfusionMatrix(3);
    matrix.add(0, new float[] {1, 0, 0});
    matrix.add(0, new float[] {1, 0, 0});
    matrix.add(0, new float[] {0, 0, 1});
    matrix.add(1, new float[] {0, 1, 0});
    return new EvaluationReport(List.of("cat", "crocodile", "dog"), matrix);
  }

  private static EvaluationReport ofClasses(int classes) {
    return new EvaluationReport(
        IntStream.range(0, classes).mapToObj(c -> "class-" + c).toList(),
        new ConfusionMatrix(classes));
  }
}
