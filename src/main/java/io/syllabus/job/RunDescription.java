package io.syllabus.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.syllabus.Text;
import io.syllabus.config.Settings;
import io.syllabus.config.SettingsJson;
import io.syllabus.cycle.CycleResult;
import io.syllabus.cycle.Model;
import io.syllabus.data.BadDataException;
import io.syllabus.publish.Candidate;
import io.syllabus.report.RunSummary;
import io.syllabus.report.RunSummary.State;
import io.syllabus.spark.ingest.IngestedImages;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * What {@code run.json} says: all that is needed to go on with a run, or to use its model later.
 *
 * @param begun when the run was
 * @param settings resolved; without Spark's secrets
 * @param ingested what the run found in its sources; empty before all is read
 */
record RunDescription(
    String runId,
    Instant begun,
    Settings settings,
    int workers,
    Optional<IngestedImages> ingested) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The same run once its images are ingested. */
  RunDescription with(IngestedImages found) {
    return new RunDescription(runId, begun, settings, workers, Optional.of(found));
  }

  /**
   * Names of the classes in the order of their labels.
   *
   * @throws BadDataException where the run ended before it knew them
   */
  List<String> classes() {
    return ingested
        .map(IngestedImages::classes)
        .orElseThrow(
            () ->
                new BadDataException(
                    Text.format("Run %s ended before its images were ingested", runId)));
  }

  void write(Store.Run run, Configuration hadoop) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("runId", runId);
    json.put("begun", begun.toString());
    json.put("seed", settings.seed());
    json.put("workers", workers);
    json.put("sparkVersion", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    json.put("javaVersion", Runtime.version().toString());
    ingested.ifPresent(
        found -> {
          json.put("examplesVersion", found.examplesVersion());
          json.put("poolImages", found.pool());
          json.put("unreadableImages", found.unreadable());
          json.put("ingestBatches", found.batches());
          json.set("classes", JSON.valueToTree(found.classes()));
        });
    json.set("settings", JSON.readTree(SettingsJson.write(settings)));
    byte[] content =
        JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(json)
            .getBytes(StandardCharsets.UTF_8);
    WholeFiles.write(run.description(), content, hadoop);
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
    return find(runId, run, hadoop).orElseThrow(() -> missing(runId, run.description()));
  }

  /**
   * Reads a run's description; empty where there is no such run.
   *
   * @throws BadDataException where its file is damaged
   */
  static Optional<RunDescription> find(String runId, Store.Run run, Configuration hadoop)
      throws IOException {
    return RunFile.read(run.description(), text -> ofJson(runId, JSON.readTree(text)), hadoop);
  }

  private static RunDescription ofJson(String runId, JsonNode json) {
    return new RunDescription(
        runId,
        Instant.parse(json.required("begun").asText()),
        SettingsJson.read(json.required("settings").toString()),
        json.required("workers").asInt(),
        ingested(json));
  }

  private static Optional<IngestedImages> ingested(JsonNode json) {
    if (!json.has("classes")) {
      return Optional.empty();
    }
    List<String> classes = new ArrayList<>();
    json.get("classes").forEach(name -> classes.add(name.asText()));
    return Optional.of(
        new IngestedImages(
            classes,
            json.path("poolImages").asLong(),
            json.path("unreadableImages").asLong(),
            json.path("ingestBatches").asInt(1),
            json.required("examplesVersion").asLong()));
  }

  /**
   * The figures so far; empty before the first are written.
   *
   * @throws BadDataException where their file is damaged
   */
  Optional<RunSummary> summary(Store.Run run, Configuration hadoop) throws IOException {
    return RunFile.read(run.summary(), text -> RunSummary.ofJson(text, classes().size()), hadoop);
  }

  /**
   * What is known of the labels that a run came to; empty before it came to any.
   *
   * @throws BadDataException where its file is damaged
   */
  static Optional<Candidate> candidate(Store.Run run, Configuration hadoop) throws IOException {
    return RunFile.read(run.candidate(), Candidate::ofJson, hadoop);
  }

  /** Whether nothing is left to do of a run. */
  static boolean isFinished(Store.Run run, Configuration hadoop) throws IOException {
    Optional<String> state =
        RunFile.read(run.summary(), text -> JSON.readTree(text).required("state").asText(), hadoop);
    return state.equals(Optional.of(State.FINISHED.name()));
  }

  /** How many cycles of the run are done; cycle 0 is one of them. */
  int cyclesDone(Store.Run run, Configuration hadoop) throws IOException {
    return requireSummary(run, hadoop).cycles().size();
  }

  /**
   * A finished run's best cycle.
   *
   * @throws BadDataException where the run is not finished
   */
  CycleResult best(Store.Run run, Configuration hadoop) throws IOException {
    RunSummary summary = requireSummary(run, hadoop);
    if (summary.state() != State.FINISHED) {
      throw new BadDataException(
          Text.format("Run %s is not finished, its state is %s", runId, summary.state()));
    }
    return summary.best().orElseThrow();
  }

  /**
   * The model of a finished run's best cycle, where the run is now.
   *
   * @throws BadDataException where the run is not finished
   */
  Model bestModel(Store.Run run, Configuration hadoop) throws IOException {
    CycleResult best = best(run, hadoop);
    return new Model(run.model(best.cycle()), best.training().model().checksum());
  }

  private RunSummary requireSummary(Store.Run run, Configuration hadoop) throws IOException {
    return summary(run, hadoop).orElseThrow(() -> missing(runId, run.summary()));
  }

  private static BadDataException missing(String runId, String file) {
    return new BadDataException(Text.format("There is no run %s: %s does not exist", runId, file));
  }
}
