package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.syllabus.data.DigitFolders;
import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels of a run, of which people look at some. */
class ReviewTest {
  private static final int POOL = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static JobRunner jobs;
  private static List<String> settings;
  private static Path unlabeled;
  private static Path export;
  private static JobRunner.End exported;

  @BeforeAll
  static void publishAndExport() throws IOException {
    jobs = new JobRunner(folder.resolve("store"));
    Path labeled = DigitFolders.labeled(folder.resolve("labeled"), 2, 10);
    // None that is labeled.
    unlabeled = folder.resolve("unlabeled");
    DigitFolders.images(unlabeled.resolve("a"), 2, POOL / 2);
    DigitFolders.images(unlabeled.resolve("b"), 3, POOL / 2);
    settings = new ArrayList<>(List.of("data.labeled=" + labeled, "data.unlabeled=" + unlabeled));
    settings.addAll(LocalSpark.PUBLISHING);
    assertThat(jobs.selfTrain("first", settings).exitCode()).isZero();
    export = folder.resolve("export");
    exported =
        jobs.reviewExport(
            "--output", export.toString(), "--uncertain=2", "--audit=5", "--flipped=1");
  }

  @Test
  void asksForTheLeastCertainOfEachClassAndForSomeAtRandom() throws IOException {
    assertThat(exported.exitCode()).as(exported.said()).isZero();
    JsonNode tasks = tasks();
    assertThat(exported.said())
        .isEqualTo(tasks.size() + " images of version 0 to look at: file:" + export);
    Map<String, List<Row>> byClass =
        given().values().stream().collect(Collectors.groupingBy(row -> row.getAs("class")));
    List<String> leastSure =
        byClass.values().stream()
            .flatMap(
                rows ->
                    rows.stream()
                        .sorted(
                            Comparator.<Row, Float>comparing(row -> row.getAs("confidence"))
                                .thenComparing(row -> row.<String>getAs("id")))
                        .limit(2))
            .map(row -> row.<String>getAs("id"))
            .toList();
    assertThat(idsBecause("uncertain")).containsExactlyInAnyOrderElementsOf(leastSure);
    assertThat(idsBecause("audit")).hasSize(5);
    assertThat(idsBecause("flipped"))
        .hasSizeLessThanOrEqualTo(1)
        .allSatisfy(
            id ->
                assertThat((Integer) given().get(id).getAs("label_changes"))
                    .isEqualTo(
                        given().values().stream()
                            .mapToInt(row -> row.getAs("label_changes"))
                            .max()
                            .orElseThrow()));
  }

  @Test
  void writesThePredictionAndTheImageOfEach() throws IOException {
    String checksum = jobs.summary("first").get("cycles").get(best()).get("modelChecksum").asText();
    for (JsonNode task : tasks()) {
      String id = task.get("data").get("id").asText();
      JsonNode prediction = task.get("predictions").get(0);
      assertThat(prediction.get("model_version").asText())
          .isEqualTo("first " + checksum.substring(0, 12));
      Row row = given().get(id);
      assertThat((float) prediction.get("score").asDouble()).isEqualTo(row.getAs("confidence"));
      assertThat(prediction.at("/result/0/value/choices/0").asText()).isEqualTo(row.getAs("class"));
      String image = task.get("data").get("image").asText();
      assertThat(image).startsWith("/data/local-files/?d=images/").endsWith(".png");
      Path file = export.resolve(image.substring("/data/local-files/?d=".length()));
      assertThat(file).hasSameBinaryContentAs(unlabeled.resolve(id));
    }
    assertThat(Files.readAllLines(export.resolve("tasks.csv"))).hasSize(1 + tasks().size());
    assertThat(export.resolve("configuration.xml"))
        .content()
        .contains("<Choice value=\"one\"/>", "<Choice value=\"zero\"/>");
  }

  private static int best() throws IOException {
    return jobs.summary("first").get("bestCycle").asInt();
  }

  @Test
  void writesOverNoExport() {
    assertThat(jobs.reviewExport("--output", export.toString()))
        .isEqualTo(new JobRunner.End(2, "--output " + export + " exists: name another"));
  }

  @Test
  void whatPeopleSayIsPublishedAndTrainedOn() throws IOException {
    JobRunner copy = jobs.copy(folder.resolve("reviewed"));
    // People say "one" of all, whatever the model said.
    List<JsonNode> answered = new ArrayList<>();
    tasks().forEach(task -> answered.add(answered(task, "one")));
    Path file = folder.resolve("answered.json");
    JSON.writeValue(file.toFile(), answered);
    long right =
        idsBecause("audit").stream()
            .filter(id -> given().get(id).getAs("class").equals("one"))
            .count();
    long corrected =
        answered.stream()
            .filter(task -> !given().get(id(task)).getAs("class").equals("one"))
            .count();

    JobRunner.End end = copy.reviewImport(file.toString());
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said())
        .startsWith(
            String.format(
                "%d images are labeled by people now, %d of them otherwise than before%n"
                    + "Audit: of 5 images drawn at random %d had the right label, %.2f %% (",
                answered.size(), corrected, right, 20.0 * right));
    Map<String, Row> after = labels(copy);
    for (JsonNode task : answered) {
      Row row = after.get(id(task));
      assertThat(row.<String>getAs("source")).isEqualTo("human");
      assertThat(row.<String>getAs("class")).isEqualTo("one");
      assertThat(row.<Integer>getAs("label")).isZero();
      assertThat(row.<Float>getAs("confidence")).isNull();
      assertThat(row.<Double>getAs("expected_precision")).isNull();
    }
    assertThat(after.values().stream().filter(row -> row.getAs("source").equals("model")))
        .hasSize(POOL - answered.size());
    assertThat(copy.labels().said()).contains(answered.size() + " reviewed");

    List<String> next = new ArrayList<>(settings);
    next.add("seed=9");
    JobRunner.End second = copy.selfTrain("second", next);
    assertThat(second.exitCode()).as(second.said()).isZero();
    assertThat(copy.summary("second").get("cycles").get(0).get("trainingExamples").asInt())
        .isEqualTo(2 * 8 + answered.size());
    for (JsonNode task : answered) {
      assertThat(labels(copy).get(id(task)).<String>getAs("class")).isEqualTo("one");
      assertThat(labels(copy).get(id(task)).<String>getAs("source")).isEqualTo("human");
    }
  }

  @Test
  void aSheetWillDo() throws IOException {
    JobRunner copy = jobs.copy(folder.resolve("sheet"));
    Path sheet = folder.resolve("sheet.csv");
    Files.writeString(sheet, "id,label\na/0.png,zero\na/1.png,\na/0.png,one\n");
    JobRunner.End end = copy.reviewImport(sheet.toString());
    assertThat(end.exitCode()).as(end.said()).isZero();
    // The last line of an image counts.
    assertThat(labels(copy).get("a/0.png").<String>getAs("class")).isEqualTo("one");
    assertThat(labels(copy).get("a/1.png").<String>getAs("source")).isEqualTo("model");
  }

  @Test
  void refusesUnknownImagesAndClassesWithTheirLinesAndTakesNothing() throws IOException {
    JobRunner copy = jobs.copy(folder.resolve("refused"));
    Path sheet = folder.resolve("unknown.csv");
    Files.writeString(
        sheet, "id,label,role\na/0.png,one,\nnone.png,one,\na/1.png,one,\na/2.png,one,test\n");
    assertThat(copy.reviewImport(sheet.toString()))
        .isEqualTo(
            new JobRunner.End(
                3,
                "No image is published that these lines name: line 3 \"none.png\", line 5"
                    + " \"a/2.png\""));
    Files.writeString(sheet, "id,label\na/0.png,three\na/1.png,two\nnone.png,one\n");
    assertThat(copy.reviewImport(sheet.toString()))
        .isEqualTo(
            new JobRunner.End(
                3,
                "No image is published that these lines name: line 4 \"none.png\". There are the"
                    + " classes one, zero, and these lines name others: line 2 \"three\", line 3"
                    + " \"two\""));
    assertThat(copy.store().resolve("annotations")).doesNotExist();
    assertThat(copy.reviewImport(folder.resolve("no.csv").toString()))
        .isEqualTo(new JobRunner.End(2, folder.resolve("no.csv") + " does not exist"));
    Files.writeString(folder.resolve("a.txt"), "");
    assertThat(copy.reviewImport(folder.resolve("a.txt").toString()))
        .isEqualTo(
            new JobRunner.End(
                2, "a review is a .json or a .csv file, found: " + folder.resolve("a.txt")));
  }

  private static JsonNode answered(JsonNode task, String name) {
    ObjectNode answered = task.deepCopy();
    answered
        .putArray("annotations")
        .addObject()
        .put("was_cancelled", false)
        .putArray("result")
        .addObject()
        .put("from_name", "label")
        .putObject("value")
        .putArray("choices")
        .add(name);
    return answered;
  }

  private static String id(JsonNode task) {
    return task.get("data").get("id").asText();
  }

  private static JsonNode tasks() throws IOException {
    return JSON.readTree(export.resolve("tasks.json").toFile());
  }

  private static List<String> idsBecause(String reason) throws IOException {
    List<String> ids = new ArrayList<>();
    for (JsonNode task : tasks()) {
      if (List.of(task.get("data").get("reasons").asText().split(",", -1)).contains(reason)) {
        ids.add(id(task));
      }
    }
    return ids;
  }

  private static Map<String, Row> given() {
    return labels(jobs);
  }

  // Of the pool, by id.
  private static Map<String, Row> labels(JobRunner of) {
    Map<String, Row> rows = new HashMap<>();
    LocalSpark.session()
        .read()
        .format("delta")
        .load(of.store().resolve("labels").toString())
        .where("role = 'unlabeled'")
        .collectAsList()
        .forEach(row -> rows.put(row.getAs("id"), row));
    return rows;
  }
}
