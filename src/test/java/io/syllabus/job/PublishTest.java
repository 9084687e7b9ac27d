package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.syllabus.config.PublishSettings;
import io.syllabus.data.DigitFolders;
import io.syllabus.evaluate.Proportion;
import io.syllabus.publish.Candidate;
import io.syllabus.publish.ExpectedPrecision;
import io.syllabus.publish.Outcome;
import io.syllabus.publish.QualityGates;
import io.syllabus.spark.LocalSpark;
import io.syllabus.spark.publish.Publisher;
import io.syllabus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose runs a and b are published, in this order, and whose run c is refused. */
class PublishTest {
  private static final int ALIKE = 12;
  private static final int NEW = 8;
  private static final PublishSettings NO_LIMITS = new PublishSettings(true, 1, 1e6, 1, 0, 1);

  @TempDir private static Path folder;
  private static Path unlabeled;
  private static JobRunner jobs;
  private static JobRunner.End first;
  private static JobRunner.End refused;

  @BeforeAll
  static void train() throws IOException {
    jobs = new JobRunner(folder.resolve("store"));
    // The first images of each digit are those that are labeled.
    Path labeled = DigitFolders.labeled(folder.resolve("labeled"), 2, ALIKE);
    unlabeled = DigitFolders.labeled(folder.resolve("unlabeled"), 2, ALIKE + NEW);
    List<String> settings =
        new ArrayList<>(List.of("data.labeled=" + labeled, "data.unlabeled=" + unlabeled));
    settings.addAll(LocalSpark.PUBLISHING);
    first = jobs.selfTrain("a", settings);
    settings.add("seed=5");
    assertThat(jobs.selfTrain("b", settings).exitCode()).isZero();
    settings.add("seed=6");
    settings.add("publish.min-precision=1");
    refused = jobs.selfTrain("c", settings);
  }

  @Test
  void aRunPublishesALabelForEveryImage() throws IOException {
    assertThat(first.exitCode()).as(first.said()).isZero();
    assertThat(first.said()).contains("Labels: published as version 0, expected precision ");
    JsonNode labels = jobs.summary("a").get("labels");
    assertThat(labels.get("publishedVersion").asLong()).isZero();
    assertThat(labels.get("precision").isNull()).isTrue();

    List<Row> rows = version(0, "id", "role", "source", "class");
    assertThat(rows).hasSize(2 * ALIKE + 2 * (ALIKE + NEW));
    assertThat(rows.stream().map(row -> row.getString(1) + " " + row.getString(2)))
        .containsOnly("labeled human", "unlabeled human", "unlabeled model");
    assertThat(rows.stream().filter(row -> row.getString(2).equals("model"))).hasSize(2 * NEW);
  }

  @Test
  void whatAPersonHasLabeledIsNeverTheModels() {
    List<Row> rows =
        version(0, "id", "source", "class", "label", "confidence", "expected_precision");
    List<Row> human = rows.stream().filter(row -> row.getString(1).equals("human")).toList();
    assertThat(human).hasSize(4 * ALIKE);
    // All labeled images, and those of the pool with the same content: the folder is their class.
    assertThat(human)
        .allSatisfy(
            row -> {
              String digit = row.getString(0).substring(0, row.getString(0).indexOf('/'));
              assertThat(row.getString(2)).isEqualTo(digit);
              assertThat(row.getInt(3)).isEqualTo(List.of("one", "zero").indexOf(digit));
              assertThat(row.isNullAt(4) && row.isNullAt(5)).isTrue();
            });
  }

  @Test
  void aModelsLabelSaysWhereItComesFrom() throws IOException {
    JsonNode summary = jobs.summary("a");
    JsonNode best = summary.get("cycles").get(summary.get("bestCycle").asInt());
    Candidate candidate =
        Candidate.ofJson(Files.readString(jobs.run("a").resolve("candidate.json")));
    ExpectedPrecision precision = candidate.precisionOfEach();
    Map<String, List<Row>> scores =
        jobs.table("runs/a/scores", "cycle", "id", "label", "selected").stream()
            .collect(Collectors.groupingBy(row -> row.getString(1)));
    for (Row row : modelsLabels(0)) {
      String id = row.getAs("id");
      assertThat((String) row.getAs("class"))
          .isEqualTo(List.of("one", "zero").get(row.getAs("label")));
      Proportion expected = precision.of(row.getAs("label"), (Float) row.getAs("confidence"));
      assertThat((Double) row.getAs("expected_precision")).isEqualTo(expected.share());
      assertThat((Double) row.getAs("expected_precision_low")).isEqualTo(expected.low());
      assertThat((Double) row.getAs("expected_precision_high")).isEqualTo(expected.high());
      assertThat((String) row.getAs("run_id")).isEqualTo("a");
      assertThat((String) row.getAs("model_checksum"))
          .isEqualTo(best.get("modelChecksum").asText());
      assertThat((Long) row.getAs("examples_version")).isZero();
      if (best.get("threshold").isNull()) {
        assertThat((Double) row.getAs("threshold")).isNull();
      } else {
        assertThat((Double) row.getAs("threshold")).isEqualTo(best.get("threshold").asDouble());
        assertThat((Integer) row.getAs("percentile")).isEqualTo(best.get("percentile").asInt());
      }
      assertThat((String) row.getAs("runner_up")).isNotEqualTo(row.getAs("class"));
      assertThat((Integer) row.getAs("first_cycle"))
          .isEqualTo(
              scores.get(id).stream()
                  .filter(score -> score.getBoolean(3))
                  .map(score -> score.getInt(0))
                  .min(Integer::compare)
                  .orElse(null));
      assertThat((Integer) row.getAs("label_changes"))
          .isEqualTo(changes(scores.get(id), row.getAs("class")));
    }
  }

  private static int changes(List<Row> scores, String last) {
    int changes = 0;
    String before = scores.get(0).getString(2);
    for (String label :
        Stream.concat(scores.stream().map(score -> score.getString(2)), Stream.of(last)).toList()) {
      changes += label.equals(before) ? 0 : 1;
      before = label;
    }
    return changes;
  }

  @Test
  void anImageIsKnownByItsFile() throws IOException {
    for (Row row : version(0, "id", "role", "checksum", "location", "size", "modified")) {
      Path file = folder.resolve(row.getString(1)).resolve(row.getString(0));
      assertThat(row.getString(2)).isEqualTo(DigestUtils.sha256Hex(Files.readAllBytes(file)));
      assertThat(row.getString(3)).isEqualTo("file:" + file);
      assertThat(row.getLong(4)).isEqualTo(Files.size(file));
      assertThat(row.getLong(5)).isEqualTo(Files.getLastModifiedTime(file).toMillis());
    }
  }

  @Test
  void everyPublicationIsAVersion() {
    JobRunner.End end = jobs.labels();
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said().lines().skip(1).filter(line -> !line.isBlank()).map(PublishTest::words))
        .containsExactly("1 b 48 16", "0 a 48 16");
    assertThat(jobs.labels("--at", "0").said())
        .contains("|class|source|images|precision|", "|  one| human|    24|");
    assertThat(jobs.labels("--at", "2001-02-03"))
        .satisfies(
            none -> {
              assertThat(none.exitCode()).isEqualTo(3);
              assertThat(none.said())
                  .startsWith(
                      "There is no version 2001-02-03 of the labels: there are 0 to 1, the first of");
            });
    assertThat(jobs.labels("--at", "yesterday"))
        .isEqualTo(
            new JobRunner.End(
                2, "a version is a number or a time such as 2026-11-24T03:00, found: yesterday"));
    assertThat(words(jobs.labels("--at", "2100-01-01T00:00:00Z").said().lines().toList().get(1)))
        .isEqualTo("1 b 48 16");
  }

  // Version, run, human and model of a line.
  private static String words(String line) {
    String[] words = line.strip().split(" +", -1);
    return String.join(" ", words[0], words[3], words[4], words[5]);
  }

  @Test
  void theDifferenceOfTwoVersionsIsWhatHasAnotherLabel() throws IOException {
    Map<String, String> before = classes(0);
    Map<String, String> after = classes(1);
    List<String> changed =
        before.keySet().stream()
            .filter(id -> !before.get(id).equals(after.get(id)))
            .sorted()
            .toList();
    Path json = folder.resolve("difference.jsonl");
    JobRunner.End end =
        jobs.labels("--diff", "0", "1", "--export", "jsonl", "--output", json.toString());
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said())
        .contains(
            changed.isEmpty()
                ? "The two versions have the same labels"
                : changed.size() + " images differ");
    assertThat(Files.readAllLines(json)).hasSameSizeAs(changed);
    for (String id : changed) {
      assertThat(Files.readString(json))
          .contains("\"id\":\"" + id + "\"", "\"change\":\"changed\"");
    }
    assertThat(jobs.labels("--diff", "1", "1").said())
        .isEqualTo("The two versions have the same labels");
  }

  // Those of the labeled images never change.
  private static Map<String, String> classes(long version) {
    return version(version, "id", "role", "class").stream()
        .filter(row -> row.getString(1).equals("unlabeled"))
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(2)));
  }

  @Test
  void exportsAVersion() throws IOException {
    Path csv = folder.resolve("labels.csv");
    String[] export = {"--at", "0", "--export", "csv", "--output", csv.toString()};
    assertThat(jobs.labels(export).exitCode()).isZero();
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines.get(0))
        .startsWith("id,role,checksum,location,size,modified,label,class,source");
    assertThat(lines).hasSize(1 + 4 * ALIKE + 2 * NEW);
    JobRunner.End again = jobs.labels(export);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.said())
        .endsWith("--output " + csv + " exists: name another, or add --overwrite");
    Path parquet = folder.resolve("labels.parquet");
    assertThat(jobs.labels("--export", "parquet", "--output", parquet.toString()).exitCode())
        .isZero();
    assertThat(LocalSpark.session().read().parquet(parquet.toString()).count())
        .isEqualTo(4 * ALIKE + 2 * NEW);
    assertThat(jobs.labels("--export", "csv"))
        .isEqualTo(new JobRunner.End(2, "--export and --output go together"));
  }

  @Test
  void labelsThatAGateRefusesAreNotPublished() throws IOException {
    assertThat(refused.exitCode()).as(refused.said()).isEqualTo(4);
    assertThat(refused.said())
        .contains("Labels: not published, expected precision ")
        .contains(
            "The labels of run c are not published: publish.min-precision is 1.0, and the expected"
                + " precision is ")
        .endsWith("jobs/publish --run c --force publishes them nonetheless");
    assertThat(jobs.summary("c").get("state").asText()).isEqualTo("FINISHED");
    assertThat(jobs.summary("c").get("labels").get("publishedVersion").isNull()).isTrue();
    assertThat(jobs.run("c").resolve("pixels")).doesNotExist();
    assertThat(jobs.table("labels", "run_id").get(0).getString(0)).isEqualTo("b");
  }

  @Test
  void theyArePublishedByForceWhichIsRecorded() throws IOException {
    JobRunner copy = jobs.copy(folder.resolve("forced"));
    assertThat(copy.publish("c").exitCode()).isEqualTo(4);
    JobRunner.End end = copy.publish("c", "--force");
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said()).startsWith("Labels: published as version 2, expected precision ");
    assertThat(copy.labels().said()).contains("forced: publish.min-precision is 1.0");
    assertThat(copy.publish("c").said()).startsWith("Labels: published as version 2, ");
    assertThat(copy.labels().said().lines().filter(line -> !line.isBlank())).hasSize(1 + 3);
  }

  @Test
  void anEarlierRunCanBePublishedAgain() throws IOException {
    JobRunner copy = jobs.copy(folder.resolve("back"));
    JobRunner.End end = copy.publish("a");
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said()).startsWith("Labels: published as version 2, ");
    assertThat(copy.labels("--diff", "0", "2").said())
        .isEqualTo("The two versions have the same labels");
  }

  @Test
  void aRunWithoutLabelsCannotBePublished() {
    assertThat(jobs.publish("none").exitCode()).isEqualTo(3);
    JobRunner quiet = new JobRunner(folder.resolve("quiet"));
    assertThat(quiet.selfTrain("x", LocalSpark.DIGITS).exitCode()).isZero();
    assertThat(quiet.publish("x"))
        .isEqualTo(
            new JobRunner.End(
                3,
                "Run x has no labels to publish: it is not finished, or its publish.enabled is"
                    + " false"));
    assertThat(quiet.labels())
        .isEqualTo(
            new JobRunner.End(
                3, String.format("file:%s holds no published labels", quiet.store())));
  }

  @Test
  void readersSeeWholeVersionsOnly() throws Exception {
    JobRunner copy = jobs.copy(folder.resolve("readers"));
    Store store = Store.at(copy.store().toString(), new Configuration());
    LocalSpark.session();
    AtomicBoolean publishing = new AtomicBoolean(true);
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> read = reader.submit(() -> readWhile(publishing, store));
      Publisher publisher =
          new Publisher(LocalSpark.session(), store, new QualityGates(NO_LIMITS), false);
      for (int i = 0; i < 20; i++) {
        String runId = i % 2 == 0 ? "a" : "b";
        Candidate candidate =
            Candidate.ofJson(Files.readString(copy.run(runId).resolve("candidate.json")));
        Outcome outcome = publisher.publish(candidate);
        assertThat(outcome.version()).hasValue(2 + i);
      }
      publishing.set(false);
      assertThat(read.get()).isGreaterThan(1);
    } finally {
      publishing.set(false);
      reader.shutdownNow();
    }
  }

  private static int readWhile(AtomicBoolean publishing, Store store) {
    int reads = 0;
    while (publishing.get()) {
      List<Row> runs =
          LocalSpark.session()
              .read()
              .format("delta")
              .load(store.labels())
              .groupBy("run_id", "published_at")
              .count()
              .collectAsList();
      assertThat(runs).as("one version at a time").hasSize(1);
      assertThat(runs.get(0).getLong(2)).isEqualTo(4 * ALIKE + 2 * NEW);
      reads++;
    }
    return reads;
  }

  private static List<Row> modelsLabels(long version) {
    return LocalSpark.session()
        .read()
        .format("delta")
        .option("versionAsOf", version)
        .load(jobs.store().resolve("labels").toString())
        .where("source = 'model'")
        .collectAsList();
  }

  private static List<Row> version(long version, String first, String... columns) {
    return LocalSpark.session()
        .read()
        .format("delta")
        .option("versionAsOf", version)
        .load(jobs.store().resolve("labels").toString())
        .select(first, columns)
        .sort(first, columns)
        .collectAsList();
  }
}
