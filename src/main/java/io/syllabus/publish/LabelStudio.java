package io.syllabus.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.syllabus.Text;
import io.syllabus.data.BadDataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Label Studio's JSON, as https://labelstud.io/guide/task_format describes it: tasks with the
 * model's label as a prediction, and what comes back with the annotations of people.
 */
public final class LabelStudio {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FROM = "label";
  private static final String TO = "image";

  // Label Studio serves files below LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT from there.
  private static final String SERVED_AT = "/data/local-files/?d=";

  private LabelStudio() {}

  /** The labeling configuration that the tasks need. */
  public static String configuration(List<String> classes) {
    StringBuilder choices = new StringBuilder();
    for (String name : classes) {
      choices.append(Text.format("    <Choice value=\"%s\"/>%n", escaped(name)));
    }
    return Text.format(
        "<View>%n  <Image name=\"%s\" value=\"$image\"/>%n"
            + "  <Choices name=\"%s\" toName=\"%s\" choice=\"single\" showInLine=\"true\">%n%s"
            + "  </Choices>%n</View>%n",
        TO, FROM, TO, choices);
  }

  private static String escaped(String name) {
    return name.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  /** Writes tasks one after the other: an array, a task a line. */
  public static final class Tasks implements Closeable {
    private final JsonGenerator json;

    public Tasks(OutputStream out) throws IOException {
      json = JSON.getFactory().createGenerator(out);
      json.writeStartArray();
    }

    public void add(ReviewTask task) throws IOException {
      json.writeRaw('\n');
      JSON.writeTree(json, node(task));
    }

    private static ObjectNode node(ReviewTask task) {
      ObjectNode node = JSON.createObjectNode();
      node.putObject("data")
          .put("image", SERVED_AT + task.image())
          .put("id", task.id())
          .put("role", task.role())
          .put("reasons", String.join(",", task.reasons()))
          .put("model_label", task.label())
          .put("model_version", task.modelVersion());
      ObjectNode prediction = node.putArray("predictions").addObject();
      prediction.put("model_version", task.modelVersion()).put("score", task.confidence());
      ObjectNode result = prediction.putArray("result").addObject();
      result
          .put("id", "prediction")
          .put("from_name", FROM)
          .put("to_name", TO)
          .put("type", "choices")
          .putObject("value")
          .putArray("choices")
          .add(task.label());
      return node;
    }

    @Override
    public void close() throws IOException {
      json.writeRaw('\n');
      json.writeEndArray();
      json.close();
    }
  }

  /**
   * Reads an export: each annotation of each task, in their order. Tasks without one, and those
   * that were skipped, are passed over.
   *
   * @throws BadDataException where it is no such file
   */
  public static List<Annotation> read(InputStream in) throws IOException {
    List<Annotation> annotations = new ArrayList<>();
    try (JsonParser parser = JSON.getFactory().createParser(in)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new BadDataException("This is no export of Label Studio: it begins with no array");
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        long line = parser.getTokenLocation().getLineNr();
        JsonNode task = JSON.readTree(parser);
        if (!task.path("data").path("id").isTextual()) {
          throw new BadDataException(
              "Line " + line + " has no data.id: it is no task that jobs/review exported");
        }
        for (JsonNode annotation : task.path("annotations")) {
          choice(annotation)
              .ifPresent(
                  name -> annotations.add(annotation(line, task.path("data"), annotation, name)));
        }
      }
    } catch (JsonProcessingException e) {
      throw new BadDataException(
          Text.format(
              "Line %d is no JSON: %s", e.getLocation().getLineNr(), e.getOriginalMessage()));
    }
    return annotations;
  }

  private static Annotation annotation(
      long line, JsonNode data, JsonNode annotation, String className) {
    return new Annotation(
        line,
        data.path("id").asText(),
        text(data.path("role")),
        className,
        ReviewTask.isAudit(data.path("reasons").asText()),
        annotator(annotation.path("completed_by")),
        time(annotation.path("updated_at")).or(() -> time(annotation.path("created_at"))),
        Annotation.Shown.of(
            data.path("model_label").asText(null), data.path("model_version").asText(null)));
  }

  // A number or, where the export has more of users, their address.
  private static Optional<String> annotator(JsonNode user) {
    return user.isObject() ? text(user.path("email")).or(() -> text(user.path("id"))) : text(user);
  }

  private static Optional<String> text(JsonNode value) {
    return value.isValueNode() && !value.isNull() && !value.asText().isEmpty()
        ? Optional.of(value.asText())
        : Optional.empty();
  }

  private static Optional<Instant> time(JsonNode value) {
    try {
      return text(value).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      // It is none of Label Studio's; the answer counts all the same.
      return Optional.empty();
    }
  }

  // The class that an annotation ends with.
  private static Optional<String> choice(JsonNode annotation) {
    Optional<String> last = Optional.empty();
    if (!annotation.path("was_cancelled").asBoolean()) {
      for (JsonNode result : annotation.path("result")) {
        JsonNode choices = result.path("value").path("choices");
        if (result.path("from_name").asText().equals(FROM) && !choices.isEmpty()) {
          last = Optional.of(choices.get(0).asText());
        }
      }
    }
    return last;
  }
}
