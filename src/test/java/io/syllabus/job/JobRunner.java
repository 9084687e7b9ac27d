package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.syllabus.report.Console;
import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Runs jobs as a command line does, in this JVM, over one store. */
public record JobRunner(Path store) {
  /** How a job ended. */
  public record End(int exitCode, String said) {
    private static final int LIMIT_SECONDS = 30;

    /** Runs a command to its end, which comes soon after its last words. */
    public static End of(ProcessBuilder command) throws IOException, InterruptedException {
      Process process = command.redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(said).isTrue();
      return new End(process.exitValue(), said);
    }
  }

  /** Trains on settings given as {@code key=value}, over the small ones of the tests. */
  End selfTrain(String runId, List<String> settings) {
    return selfTrain(List.of("--run", runId), settings);
  }

  /** Deletes what there is of a run and begins it anew. */
  End restart(String runId, List<String> settings) {
    return selfTrain(List.of("--run", runId, "--restart"), settings);
  }

  /** Trains until some work begins. */
  End selfTrainUntil(String work, String runId, List<String> settings) {
    return selfTrain(new RecordingConsole(Optional.of(work)), List.of("--run", runId), settings);
  }

  private End selfTrain(List<String> options, List<String> settings) {
    return selfTrain(new RecordingConsole(), options, settings);
  }

  private End selfTrain(RecordingConsole console, List<String> options, List<String> settings) {
    List<String> arguments = new ArrayList<>(options);
    List<String> all = new ArrayList<>(LocalSpark.SPARK);
    all.addAll(LocalSpark.INTERPRETED);
    all.addAll(LocalSpark.TRAINING);
    all.add("store=" + store);
    // Spark keeps the first folder for the whole JVM.
    all.add("spark.local.dir=" + System.getProperty("java.io.tmpdir"));
    all.addAll(settings);
    for (String setting : all) {
      arguments.add("--set");
      arguments.add(setting);
    }
    return execute(console, SelfTrain::new, arguments.toArray(String[]::new));
  }

  End selfTrain(String runId, String... settings) {
    return selfTrain(runId, List.of(settings));
  }

  End evaluate(String runId, String... arguments) {
    return withRun(Evaluate::new, runId, arguments);
  }

  End label(String runId, String... arguments) {
    return withRun(Label::new, runId, arguments);
  }

  End select(String runId, String... arguments) {
    return withRun(Select::new, runId, arguments);
  }

  End runs(String... arguments) {
    return withStore(Runs::new, arguments);
  }

  End publishVersion(long version, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--version", String.valueOf(version)));
    all.addAll(List.of(arguments));
    return withStore(Publish::new, all.toArray(String[]::new));
  }

  End publish(String runId, String... arguments) {
    return withRun(Publish::new, runId, arguments);
  }

  End labels(String... arguments) {
    return withStore(Labels::new, arguments);
  }

  End labelIncrementally(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--incremental"));
    all.addAll(List.of(arguments));
    return withStore(Label::new, all.toArray(String[]::new));
  }

  static End plan(String... arguments) {
    List<String> all = new ArrayList<>();
    for (List<String> settings : List.of(LocalSpark.TRAINING, LocalSpark.DIGITS)) {
      settings.forEach(setting -> all.addAll(List.of("--set", setting)));
    }
    all.addAll(List.of(arguments));
    return execute(Plan::new, all.toArray(String[]::new));
  }

  End reviewExport(String... arguments) {
    return review("export", arguments);
  }

  End reviewImport(String... arguments) {
    return review("import", arguments);
  }

  End reviewMap(String... arguments) {
    return review("map", arguments);
  }

  private End review(String action, String... arguments) {
    LocalSpark.stop();
    RecordingConsole console = new RecordingConsole();
    List<String> all = new ArrayList<>(List.of(action, "--store", store.toString()));
    LocalSpark.SPARK.forEach(setting -> all.addAll(List.of("--set", setting)));
    all.addAll(List.of(arguments));
    return new End(Review.execute(console, all.toArray(String[]::new)), console.text());
  }

  private End withStore(Function<Console, Job> job, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--store", store.toString()));
    all.addAll(List.of(arguments));
    return execute(job, all.toArray(String[]::new));
  }

  private End withRun(Function<Console, Job> job, String runId, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--run", runId, "--store", store.toString()));
    all.addAll(List.of(arguments));
    return execute(job, all.toArray(String[]::new));
  }

  static End execute(Function<Console, Job> job, String... arguments) {
    return execute(new RecordingConsole(), job, arguments);
  }

  private static End execute(
      RecordingConsole console, Function<Console, Job> job, String... arguments) {
    LocalSpark.stop();
    int exitCode = Job.execute(job.apply(console), arguments);
    return new End(exitCode, console.text());
  }

  /** The store with all that is in it, in another place. */
  JobRunner copy(Path folder) throws IOException {
    FileUtils.copyDirectory(store.toFile(), folder.toFile());
    return new JobRunner(folder);
  }

  Path run(String runId) {
    return store.resolve("runs").resolve(runId);
  }

  JsonNode summary(String runId) throws IOException {
    return new ObjectMapper().readTree(run(runId).resolve("summary.json").toFile());
  }

  /** What of a run's summary is the same for every run with these settings. */
  public JsonNode figures(String runId) throws IOException {
    ObjectNode summary = (ObjectNode) summary(runId);
    summary.remove("runId");
    ((ObjectNode) summary.get("labels")).remove("publishedVersion");
    for (JsonNode cycle : summary.get("cycles")) {
      ((ObjectNode) cycle)
          .remove(List.of("trainSeconds", "scoreSeconds", "trainImagesPerSecond", "model"));
    }
    return summary;
  }

  /** The first convolution's weights of a cycle's model. */
  float[] weights(String runId, int cycle) throws IOException {
    Path model = run(runId).resolve("cycle-" + cycle).resolve("model.zip");
    return ComputationGraph.load(model.toFile(), false)
        .getLayer("conv-1")
        .getParam("W")
        .dup()
        .data()
        .asFloat();
  }

  List<Row> table(String name, String first, String... columns) {
    return LocalSpark.session()
        .read()
        .format("delta")
        .load(store.resolve(name).toString())
        .select(first, columns)
        .sort(first, columns)
        .collectAsList();
  }

  /** The labels that a run gave, but for what differs between two runs. */
  public List<Row> labels(String runId) {
    return table(
        "runs/" + runId + "/labels",
        "id",
        "role",
        "label",
        "class",
        "source",
        "confidence",
        "runner_up",
        "margin",
        "threshold",
        "percentile",
        "first_cycle",
        "label_changes",
        "expected_precision",
        "expected_precision_low",
        "expected_precision_high",
        "checksum",
        "model_checksum");
  }

  /** The scores of a run, likewise. */
  public List<Row> scores(String runId) {
    return table(
        "runs/" + runId + "/scores",
        "id",
        "cycle",
        "label",
        "confidence",
        "runner_up",
        "margin",
        "entropy",
        "selected",
        "threshold",
        "model_checksum");
  }
}
