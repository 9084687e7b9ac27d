package io.syllabus.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.syllabus.config.Settings;
import io.syllabus.config.SettingsJson;
import io.syllabus.cycle.Model;
import io.syllabus.data.BadDataException;
import io.syllabus.spark.Store;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * What {@code run.json} says: all that is needed to use a run's model later.
 *
 * @param settings resolved; without Spark's secrets
 * @param classes names in the order of their labels
 * @param examplesVersion of the examples table that the run is pinned to
 */
record RunDescription(
    String runId, Settings settings, List<String> classes, int workers, long examplesVersion) {
  private static final ObjectMapper JSON = new ObjectMapper();

  void write(Store.Run run, Configuration hadoop) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("runId", runId);
    json.put("seed", settings.seed());
    json.put("workers", workers);
    json.put("examplesVersion", examplesVersion);
    json.put("sparkVersion", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    json.put("javaVersion", Runtime.version().toString());
    json.set("classes", JSON.valueToTree(classes));
    json.set("settings", JSON.readTree(SettingsJson.write(settings)));
    byte[] content =
        JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(json)
            .getBytes(StandardCharsets.UTF_8);
    Store.write(run.description(), content, hadoop);
  }

  /** The run's settings with others over them. */
  Settings with(Map<String, String> overrides) {
    return SettingsJson.read(SettingsJson.write(settings), overrides);
  }

  /**
   * Reads a run's description.
   *
   * @throws BadDataException where there is no such run
   */
  static RunDescription read(String runId, Store.Run run, Configuration hadoop) throws IOException {
    JsonNode json = JSON.readTree(readFile(runId, run.description(), hadoop));
    List<String> classes = new ArrayList<>();
    json.get("classes").forEach(name -> classes.add(name.asText()));
    return new RunDescription(
        runId,
        SettingsJson.read(json.get("settings").toString()),
        List.copyOf(classes),
        json.get("workers").asInt(),
        json.get("examplesVersion").asLong());
  }

  /** How many cycles of the run are done; cycle 0 is one of them. */
  static int cyclesDone(String runId, Store.Run run, Configuration hadoop) throws IOException {
    return JSON.readTree(readFile(runId, run.summary(), hadoop)).get("cycles").size();
  }

  /**
   * The model of a finished run's best cycle.
   *
   * @throws BadDataException where the run is not finished
   */
  static Model bestModel(String runId, Store.Run run, Configuration hadoop) throws IOException {
    JsonNode summary = JSON.readTree(readFile(runId, run.summary(), hadoop));
    String state = summary.get("state").asText();
    if (!state.equals("FINISHED")) {
      throw new BadDataException(
          String.format("Run %s is not finished, its state is %s", runId, state));
    }
    JsonNode best = summary.get("cycles").get(summary.get("bestCycle").asInt());
    return new Model(run.model(best.get("cycle").asInt()), best.get("modelChecksum").asText());
  }

  private static String readFile(String runId, String file, Configuration hadoop)
      throws IOException {
    try {
      return Store.read(file, hadoop);
    } catch (FileNotFoundException e) {
      throw new BadDataException(
          String.format("There is no run %s: %s does not exist", runId, file), e);
    }
  }
}
