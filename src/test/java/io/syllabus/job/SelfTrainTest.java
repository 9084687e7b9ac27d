package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.syllabus.data.DigitFolders;
import io.syllabus.data.Images;
import io.syllabus.data.Tars;
import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs, and what other jobs make of a finished one. */
class SelfTrainTest {
  private static final int POOL = 30;

  @TempDir private static Path folder;
  private static JobRunner jobs;
  private static JobRunner.End first;

  @BeforeAll
  static void train() {
    jobs = new JobRunner(folder.resolve("store"));
    first = jobs.selfTrain("first", LocalSpark.DIGITS);
  }

  @Test
  void finishesAndSaysSo() throws IOException {
    assertThat(first.exitCode()).as(first.said()).isZero();
    assertThat(first.said())
        .contains("Run first, ", ", workers: 2", "Ingested 100 images, 0 could not be read")
        .contains("Figures: file:" + jobs.run("first").resolve("summary.json"));

    JsonNode summary = jobs.summary("first");
    assertThat(summary.fieldNames())
        .toIterable()
        .containsExactly(
            "runId",
            "state",
            "seed",
            "oneDnn",
            "workers",
            "unreadableImages",
            "bestCycle",
            "bestValidationAccuracy",
            "testAccuracy",
            "labels",
            "cycles");
    assertThat(summary.get("labels").isNull()).isTrue();
    assertThat(summary.get("state").asText()).isEqualTo("FINISHED");
    assertThat(summary.get("oneDnn").asBoolean()).isTrue();
    assertThat(summary.get("workers").asInt()).isEqualTo(2);
    assertThat(summary.get("unreadableImages").asInt()).isZero();
  }

  @Test
  void admitsMoreOfThePoolInEachCycle() throws IOException {
    JsonNode cycles = jobs.summary("first").get("cycles");

    assertThat(cycles).hasSize(3);
    assertThat(cycles.get(0).fieldNames())
        .toIterable()
        .containsExactly(
            "cycle",
            "percentile",
            "threshold",
            "selected",
            "selectedOfOtherClasses",
            "trainingExamples",
            "pseudoLabelAccuracy",
            "validationAccuracy",
            "testAccuracy",
            "trainSeconds",
            "scoreSeconds",
            "trainImagesPerSecond",
            "model",
            "modelChecksum");
    assertThat(cycles.get(0).get("threshold").isNull()).isTrue();
    assertThat(cycles.get(0).get("trainingExamples").asInt()).isEqualTo(30);
    assertThat(cycles.get(1).get("percentile").asInt()).isEqualTo(50);
    assertThat(cycles.get(1).get("selected").asInt()).isBetween(POOL / 2, POOL);
    assertThat(cycles.get(2).get("percentile").asInt()).isZero();
    assertThat(cycles.get(2).get("selected").asInt()).isEqualTo(POOL);
    assertThat(cycles.get(2).get("trainingExamples").asInt()).isEqualTo(30 + POOL);
  }

  @Test
  void writesAScoreOfEveryPoolImageInEveryCycle() throws IOException {
    JsonNode cycles = jobs.summary("first").get("cycles");
    List<String> pool =
        jobs.table("runs/first/split", "id", "split").stream()
            .filter(row -> row.getString(1).equals("pool"))
            .map(row -> row.getString(0))
            .toList();
    assertThat(pool).hasSize(POOL);
    for (int cycle = 1; cycle <= 2; cycle++) {
      JsonNode figures = cycles.get(cycle);
      List<Row> scores = scores("first", cycle);
      assertThat(scores).extracting(row -> row.getString(1)).isEqualTo(pool);
      assertThat(scores)
          .allSatisfy(
              row -> {
                assertThat(row.getBoolean(6)).isEqualTo(row.getFloat(3) >= row.getDouble(7));
                assertThat(row.getDouble(7)).isEqualTo(figures.get("threshold").asDouble());
              });
      assertThat(scores.stream().filter(row -> row.getBoolean(6)).count())
          .isEqualTo(figures.get("selected").asLong());
      String scorer = cycles.get(cycle - 1).get("modelChecksum").asText();
      assertThat(scores).extracting(row -> row.getString(8)).containsOnly(scorer);
    }
  }

  @Test
  void keepsModelsAndMetricsAndNoPixels() throws IOException {
    for (int cycle = 0; cycle <= 2; cycle++) {
      assertThat(jobs.run("first").resolve("cycle-" + cycle + "/model.zip")).isNotEmptyFile();
      assertThat(Files.readAllLines(jobs.run("first").resolve("cycle-" + cycle + "/metrics.jsonl")))
          .singleElement()
          .asString()
          .startsWith("{\"epoch\":1,\"learningRate\":");
    }
    assertThat(jobs.run("first").resolve("pixels")).doesNotExist();
  }

  @Test
  void repeatsItselfToTheLastBit() throws IOException {
    assertThat(jobs.selfTrain("second", LocalSpark.DIGITS).exitCode()).isZero();

    assertThat(figures("second")).isEqualTo(figures("first"));
    assertThat(scores("second", 1)).isEqualTo(scores("first", 1));
    assertThat(scores("second", 2)).isEqualTo(scores("first", 2));
  }

  @Test
  void leavesARunOfTheSameNameAlone() {
    JobRunner.End end = jobs.selfTrain("first", LocalSpark.DIGITS);

    assertThat(end)
        .isEqualTo(
            new JobRunner.End(
                2,
                String.format(
                    "Run first in file:%s is finished: name another with --run, or begin it anew"
                        + " with --restart",
                    jobs.run("first"))));
  }

  @Test
  void goesOnWithTheSettingsThatItBeganWithOrBeginsAnew() throws IOException {
    Files.createDirectories(jobs.run("failing"));
    for (String file : List.of("run.json", "summary.json")) {
      Files.writeString(
          jobs.run("failing").resolve(file),
          Files.readString(jobs.run("first").resolve(file)).replace("\"FINISHED\"", "\"FAILED\""));
    }
    List<String> changed = new ArrayList<>(LocalSpark.DIGITS);
    changed.addAll(List.of("training.learning-rate=0.5", "spark.ui.enabled=false"));

    JobRunner.End refused = jobs.selfTrain("failing", changed);
    assertThat(refused)
        .isEqualTo(
            new JobRunner.End(
                2,
                "Run failing goes on with the settings that it began with, but"
                    + " training.learning-rate was 0.1, is now 0.5: leave out --config and"
                    + " --set, or begin it anew with --restart"));

    JobRunner.End anew = jobs.restart("failing", LocalSpark.DIGITS);
    assertThat(anew.exitCode()).as(anew.said()).isZero();
    assertThat(figures("failing")).isEqualTo(figures("first"));
  }

  @Test
  void takesNoNameThatLeadsElsewhere() {
    assertThat(jobs.selfTrain("../first", LocalSpark.DIGITS))
        .isEqualTo(
            new JobRunner.End(
                2,
                "--run takes letters, digits, '_', '-' and, but for the first, '.'; found:"
                    + " ../first"));
  }

  @Test
  void learnsFromImagesOfOnesOwn() throws IOException {
    Path labeled = DigitFolders.labeled(folder.resolve("own/labeled"), 2, 10);
    Files.write(labeled.resolve("one/wide.png"), Images.encoded(Images.gradient(40, 12), "png"));
    Files.write(labeled.resolve("zero/high.jpg"), Images.encoded(Images.gradient(9, 31), "jpg"));
    Path unlabeled = folder.resolve("own/unlabeled");
    DigitFolders.images(unlabeled, 0, 3);
    DigitFolders.images(unlabeled.resolve("more/of them"), 1, 4);

    JobRunner.End end =
        jobs.selfTrain("own", "data.labeled=" + labeled, "data.unlabeled=" + unlabeled);

    assertThat(end.exitCode()).as(end.said()).isZero();
    JsonNode summary = jobs.summary("own");
    assertThat(summary.get("testAccuracy").isNull()).isTrue();
    JsonNode last = summary.get("cycles").get(2);
    assertThat(last.get("pseudoLabelAccuracy").isNull()).isTrue();
    assertThat(last.get("selected").asInt()).isEqualTo(7);
    // A fifth of 11 images a class validates: 2 of them.
    assertThat(last.get("trainingExamples").asInt()).isEqualTo(2 * 9 + 7);
    assertThat(scores("own", 2))
        .extracting(row -> row.getString(1))
        .contains("0.png", "more/of them/3.png");
  }

  @Test
  void toleratesAFewUnreadableImages() throws IOException {
    Path labeled = DigitFolders.labeled(folder.resolve("few/labeled"), 2, 5);
    Files.writeString(labeled.resolve("one/broken.png"), "no image");

    JobRunner.End end =
        jobs.selfTrain(
            "few",
            "data.labeled=" + labeled,
            "data.unlabeled=" + labeled,
            "data.max-bad-fraction=0.2",
            "curriculum.step-percent=100");

    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said()).contains("Ingested 20 images, 2 could not be read");
    assertThat(jobs.summary("few").get("unreadableImages").asInt()).isEqualTo(2);
  }

  @Test
  void evaluatesOnTheTestImagesOfTheRun() throws IOException {
    Path json = folder.resolve("figures.json");
    JobRunner.End end = jobs.evaluate("first", "--json", json.toString());

    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said()).contains("Accuracy ", "20 images", "Confusion: rows are true classes");
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(figures.get("images").asInt()).isEqualTo(20);
    assertThat(figures.get("accuracy")).isEqualTo(jobs.summary("first").get("testAccuracy"));
    assertThat(figures.get("confusion")).hasSize(10);
  }

  @Test
  void evaluatesOnAFolder() throws IOException {
    Path input = DigitFolders.labeled(folder.resolve("input"), 3, 2);

    JobRunner.End end = jobs.evaluate("first", "--input", input.toString());

    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said()).contains(", 6 images");
  }

  @Test
  void refusesToEvaluateAClassThatTheModelDoesNotKnow() throws IOException {
    Path input = DigitFolders.images(folder.resolve("strange/ten"), 1, 1).getParent();

    JobRunner.End end = jobs.evaluate("first", "--input", input.toString());

    assertThat(end.exitCode()).isEqualTo(3);
    assertThat(end.said())
        .endsWith(
            "The model does not match the data: file:"
                + input
                + "/ten/0.png has class \"ten\", the model knows"
                + " eight, five, four, nine, one, seven, six, three, two, zero");
  }

  @Test
  void labelsATarAndLeavesOutWhatItCannotRead() throws IOException {
    Path tar =
        Tars.write(
            folder.resolve("new.tar"),
            Map.of(
                "a/1.png", Images.png(),
                "2.jpg", Images.encoded(Images.gradient(20, 9), "jpg"),
                "cut.png", Arrays.copyOf(Images.png(), 40)));
    Path output = folder.resolve("labels");

    JobRunner.End end =
        jobs.label("first", "--input", tar.toString(), "--output", output.toString(), "--csv");

    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said())
        .contains("1 images could not be read and have no label, such as file:" + tar + "!/cut.png")
        .contains("Labeled 2 images: file:" + output);
    List<Row> labels =
        LocalSpark.session().read().parquet(output.toString()).sort("id").collectAsList();
    assertThat(labels.get(0).schema().fieldNames())
        .containsExactly("id", "label", "confidence", "runner_up", "margin");
    assertThat(labels).extracting(row -> row.getString(0)).containsExactly("2.jpg", "a/1.png");
    List<String> csv = Files.readAllLines(Path.of(output + ".csv"));
    assertThat(csv).hasSize(3).first().isEqualTo("id,label,confidence,runner_up,margin");

    JobRunner.End again =
        jobs.label("first", "--input", tar.toString(), "--output", output.toString());
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.said())
        .endsWith("--output " + output + " exists: name another, or add --overwrite");

    JobRunner.End over =
        jobs.label(
            "first", "--input", tar.toString(), "--output", output.toString(), "--overwrite");
    assertThat(over.exitCode()).as(over.said()).isZero();
  }

  @Test
  void knowsNoOtherRun() {
    String description = "file:" + jobs.run("nightly").resolve("run.json");

    assertThat(jobs.evaluate("nightly"))
        .isEqualTo(
            new JobRunner.End(3, "There is no run nightly: " + description + " does not exist"));
  }

  @Test
  void refusesAModelFileThatWasChanged() throws IOException {
    Path copy = folder.resolve("copy");
    copy(jobs.store().resolve("runs/first"), copy.resolve("runs/first"));
    JobRunner copied = new JobRunner(copy);
    int best = jobs.summary("first").get("bestCycle").asInt();
    int other = best == 0 ? 1 : 0;
    Files.copy(
        copied.run("first").resolve("cycle-" + other + "/model.zip"),
        copied.run("first").resolve("cycle-" + best + "/model.zip"),
        StandardCopyOption.REPLACE_EXISTING);

    JobRunner.End end = copied.evaluate("first");

    assertThat(end.exitCode()).isEqualTo(3);
    assertThat(end.said()).contains("was changed after the run wrote it: its checksum is ");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!file.getFileName().toString().endsWith(".crc")) {
          Files.copy(file, target);
        }
      }
    }
  }

  private static List<Row> scores(String runId, int cycle) {
    return jobs
        .table(
            "runs/" + runId + "/scores",
            "cycle",
            "id",
            "label",
            "confidence",
            "runner_up",
            "margin",
            "selected",
            "threshold",
            "model_checksum")
        .stream()
        .filter(row -> row.getInt(0) == cycle)
        .toList();
  }

  /** A run's summary without what a clock or a name says. */
  private static JsonNode figures(String runId) throws IOException {
    ObjectNode summary = (ObjectNode) jobs.summary(runId);
    summary.remove("runId");
    List<String> measured =
        new ArrayList<>(List.of("trainSeconds", "scoreSeconds", "trainImagesPerSecond", "model"));
    summary.get("cycles").forEach(cycle -> ((ObjectNode) cycle).remove(measured));
    return summary;
  }
}
