package io.syllabus.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.syllabus.data.BadDataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelStudioTest {
  private static final ReviewTask TASK =
      new ReviewTask(
          "pets/a \"b\".jpg",
          "unlabeled",
          "images/00ff.jpg",
          "cat",
          0.5f,
          "dog",
          List.of(ReviewTask.AUDIT, ReviewTask.UNCERTAIN),
          "run-1 0123");

  @Test
  void writesTasksWithPredictions() throws IOException {
    assertThat(written(TASK))
        .isEqualTo(
            "[\n{\"data\":{\"image\":\"/data/local-files/?d=images/00ff.jpg\","
                + "\"id\":\"pets/a \\\"b\\\".jpg\",\"role\":\"unlabeled\","
                + "\"reasons\":\"audit,uncertain\",\"model_label\":\"cat\","
                + "\"model_version\":\"run-1 0123\"},"
                + "\"predictions\":[{\"model_version\":\"run-1 0123\",\"score\":0.5,"
                + "\"result\":[{\"id\":\"prediction\",\"from_name\":\"label\",\"to_name\":\"image\","
                + "\"type\":\"choices\",\"value\":{\"choices\":[\"cat\"]}}]}]}\n]");
    assertThat(written()).isEqualTo("[\n]");
  }

  @Test
  void tasksKeepToTheDocumentedFormat() throws IOException {
    assertThat(faults(written(TASK, TASK))).isEmpty();
    assertThat(faults(written())).isEmpty();
    assertThat(faults(written(TASK).replace("0.5", "1.5"))).hasSize(1);
    assertThat(faults(written(TASK).replace("to_name", "at_name"))).hasSize(2);
    assertThat(faults(written(TASK).replace("[\"cat\"]", "\"cat\""))).hasSize(1);
  }

  private static Set<ValidationMessage> faults(String tasks) throws IOException {
    try (InputStream schema =
        LabelStudioTest.class.getResourceAsStream("label-studio-tasks.schema.json")) {
      return JsonSchemaFactory.getInstance(VersionFlag.V202012)
          .getSchema(schema)
          .validate(new ObjectMapper().readTree(tasks));
    }
  }

  @Test
  void namesTheClassesInTheConfiguration() {
    assertThat(LabelStudio.configuration(List.of("cat", "a & \"b\" <c>")))
        .isEqualToNormalizingNewlines(
            """
            <View>
              <Image name="image" value="$image"/>
              <Choices name="label" toName="image" choice="single" showInLine="true">
                <Choice value="cat"/>
                <Choice value="a &amp; &quot;b&quot; &lt;c>"/>
              </Choices>
            </View>
            """);
  }

  @Test
  void readsEveryAnnotationOfEachTaskInTheirOrder() throws IOException {
    String export =
        """
        [
        {"id": 1, "data": {"id": "a", "role": "labeled", "reasons": "audit,flipped",
          "model_label": "cat", "model_version": "run-1 0123"}, "annotations": [
          {"was_cancelled": false, "completed_by": 7, "created_at": "2026-11-28T10:00:00.000000Z",
            "result": [{"from_name": "label", "type": "choices", "value": {"choices": ["dog"]}}]},
          {"was_cancelled": false, "completed_by": {"id": 8, "email": "ada@example.org"},
            "created_at": "2026-11-28T10:00:00Z", "updated_at": "2026-11-28T12:00:00.5+01:00",
            "result": [{"from_name": "label", "type": "choices", "value": {"choices": ["cat"]}}]}]},
        {"id": 2, "data": {"id": "b", "reasons": "uncertain"}, "annotations": [
          {"was_cancelled": true, "result": [
            {"from_name": "label", "type": "choices", "value": {"choices": ["dog"]}}]}]},
        {"id": 3, "data": {"id": "c"}, "annotations": []},
        {"id": 4, "data": {"id": "d"}, "annotations": [
          {"created_at": "yesterday", "result": [
            {"from_name": "quality", "value": {"choices": ["bad"]}},
            {"from_name": "label", "value": {"choices": ["cat"]}}]}]}
        ]
        """;
    Optional<Annotation.Shown> shown = Optional.of(new Annotation.Shown("cat", "run-1"));
    assertThat(read(export))
        .containsExactly(
            new Annotation(
                2,
                "a",
                Optional.of("labeled"),
                "dog",
                true,
                Optional.of("7"),
                Optional.of(Instant.parse("2026-11-28T10:00:00Z")),
                shown),
            new Annotation(
                2,
                "a",
                Optional.of("labeled"),
                "cat",
                true,
                Optional.of("ada@example.org"),
                Optional.of(Instant.parse("2026-11-28T11:00:00.500Z")),
                shown),
            Annotation.of(13, "d", "cat"));
  }

  @Test
  void tasksThatNobodyLookedAtSayNothing() throws IOException {
    assertThat(read(written(TASK))).isEmpty();
  }

  @Test
  void saysWhichLineIsWrong() {
    assertThatExceptionOfType(BadDataException.class)
        .isThrownBy(() -> read("{}"))
        .withMessage("This is no export of Label Studio: it begins with no array");
    assertThatExceptionOfType(BadDataException.class)
        .isThrownBy(() -> read("[\n{\"data\": {\"id\": \"a\"}},\n{\"data\": {}}]"))
        .withMessage("Line 3 has no data.id: it is no task that jobs/review exported");
    assertThatExceptionOfType(BadDataException.class)
        .isThrownBy(() -> read("[\n{\"data\": {\"id\": \"a\"}},\n{\"data\": {"))
        .withMessageStartingWith("Line 3 is no JSON: ");
  }

  private static String written(ReviewTask... tasks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LabelStudio.Tasks studio = new LabelStudio.Tasks(out)) {
      for (ReviewTask task : tasks) {
        studio.add(task);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<Annotation> read(String json) throws IOException {
    return LabelStudio.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
