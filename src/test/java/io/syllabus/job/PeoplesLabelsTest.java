package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.data.DigitFolders;
import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store with a run that was published, one that was refused and one that was interrupted, all
 * before people said of eight images that they are of the other class.
 */
class PeoplesLabelsTest {
  private static final int LABELED = 10;
  private static final int POOL = 16;
  private static final int REVIEWED = 8;
  private static final String KEPT = REVIEWED + " labels of people since this run began are kept";
  private static final String AUDIT =
      "Audit: of 8 images drawn at random 0 had the right label, 0.00 % (0.00 % to 32.44 %)";

  @TempDir private static Path folder;
  private static JobRunner reviewed;
  private static JobRunner.End imported;
  private static List<String> settings;

  /** What people said, by id. */
  private static final Map<String, String> SAID = new TreeMap<>();

  private JobRunner jobs;

  @BeforeAll
  static void trainAndReview() throws IOException {
    reviewed = new JobRunner(folder.resolve("store"));
    Path labeled = DigitFolders.labeled(folder.resolve("labeled"), 2, LABELED);
    // None that is labeled.
    Path pool = folder.resolve("pool");
    DigitFolders.images(pool.resolve("a"), 2, POOL);
    settings = new ArrayList<>(List.of("data.labeled=" + labeled, "data.unlabeled=" + pool));
    settings.addAll(LocalSpark.PUBLISHING);
    JobRunner.End published = reviewed.selfTrain("published", settings);
    assertThat(published.exitCode()).as(published.said()).isZero();
    assertThat(reviewed.selfTrain("refused", with("publish.min-precision=1", "seed=3")).exitCode())
        .isEqualTo(4);
    JobRunner.End interrupted = reviewed.selfTrainUntil("cycle 0", "interrupted", with("seed=4"));
    assertThat(interrupted.said()).contains("interrupted before cycle 0: epoch");

    List<String> sheet = new ArrayList<>(List.of("id,label,reasons,annotator"));
    for (Row row : rows(reviewed, "role = 'unlabeled'").subList(0, REVIEWED)) {
      SAID.put(row.getAs("id"), row.getAs("class").equals("one") ? "zero" : "one");
      sheet.add(row.getAs("id") + "," + SAID.get(row.<String>getAs("id")) + ",audit,ada");
    }
    imported = reviewed.reviewImport(file("sheet.csv", sheet).toString());
  }

  @BeforeEach
  void copy(TestInfo test) throws IOException {
    jobs = reviewed.copy(folder.resolve(test.getTestMethod().orElseThrow().getName()));
  }

  @Test
  void anAuditSaysHowManyLabelsWereRightAndEveryAnswerIsKept() {
    assertThat(imported)
        .isEqualTo(
            new JobRunner.End(
                0,
                REVIEWED
                    + " images are labeled by people now, 8 of them otherwise than before\n"
                    + AUDIT));
    assertPeoplesLabelsAre(SAID);
    assertThat(
            jobs.table(
                "annotations", "id", "class", "annotator", "audited", "shown_source", "run_id"))
        .hasSize(REVIEWED)
        .allSatisfy(
            row ->
                assertThat(row.mkString(" "))
                    .isEqualTo(
                        row.getString(0)
                            + " "
                            + SAID.get(row.getString(0))
                            + " ada true model published"));
  }

  @Test
  void theRunThatTheyLookedAtPublishedAgainKeepsTheirLabels() {
    JobRunner.End end = jobs.publish("published");
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said())
        .startsWith("Labels: published as version 2, expected precision ")
        .endsWith(String.format("%n%s%n%s", AUDIT, KEPT));
    assertPeoplesLabelsAre(SAID);
    assertThat(jobs.labels().said())
        .containsPattern("2 +\\S+ \\S+ +published +28 +8 .* audit: 0 of 8 right");
    assertThat(jobs.labelIncrementally().said()).contains("Nothing is new since version 2");
    // It is what the latest version holds.
    assertThat(jobs.publish("published").said()).startsWith("Labels: published as version 2, ");
  }

  @Test
  void aRunThatWasRefusedBeforeKeepsTheirLabelsWhenItIsForced() {
    JobRunner.End refused = jobs.publish("refused");
    assertThat(refused.exitCode()).as(refused.said()).isEqualTo(4);
    assertThat(refused.said()).contains("publish.min-precision is 1.0, and an audit found ");
    JobRunner.End end = jobs.publish("refused", "--force");
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said()).contains("Audit: of 8 images drawn at random ").endsWith(KEPT);
    assertPeoplesLabelsAre(SAID);
    assertThat(jobs.labelIncrementally().said()).contains("Nothing is new since version 2");
  }

  @Test
  void aRunThatBeganBeforeAndGoesOnKeepsTheirLabels() {
    JobRunner.End end = jobs.selfTrain("interrupted", with("seed=4"));
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said())
        .contains("Run interrupted goes on, ")
        .contains("Audit: of 8 images drawn at random ")
        .contains(KEPT);
    assertPeoplesLabelsAre(SAID);
  }

  @Test
  void anEarlierVersionPublishedAgainKeepsTheirLabels() {
    JobRunner.End end = jobs.publishVersion(0);
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said())
        .startsWith("Labels: published as version 2, expected precision ")
        .endsWith(String.format("%n%s%n%s", AUDIT, KEPT));
    assertPeoplesLabelsAre(SAID);
    assertThat(jobs.labels().said()).contains("version 0 again");
    assertThat(jobs.publishVersion(7))
        .isEqualTo(new JobRunner.End(3, "There is no version 7 of the labels: there are 0 to 2"));
    assertThat(jobs.publish("published", "--version=0"))
        .isEqualTo(
            new JobRunner.End(
                2, "say what is published: --run=ID, or --version=N for an earlier version"));
  }

  @Test
  void anyImageMayBeReviewedAgainAlsoOneOfTheLabeledSource() throws IOException {
    String again = SAID.keySet().iterator().next();
    Map<String, String> now = new TreeMap<>(SAID);
    now.put(again, SAID.get(again).equals("one") ? "zero" : "one");
    Path sheet =
        file(
            "again.csv",
            List.of(
                "id,label,role",
                again + "," + now.get(again) + ",unlabeled",
                "zero/0.png,one,labeled",
                "one/1.png,one,"));
    assertThat(jobs.reviewImport(sheet.toString()))
        .isEqualTo(
            new JobRunner.End(
                0, "3 images are labeled by people now, 2 of them otherwise than before"));
    assertThat(jobs.publish("published").exitCode()).isZero();
    assertPeoplesLabelsAre(now);
    assertThat(rows(jobs, "role = 'labeled' and id = 'zero/0.png'"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs("class")).isEqualTo("one");
              assertThat(row.<String>getAs("folder_class")).isEqualTo("zero");
            });
    assertThat(jobs.table("annotations", "id").stream().map(row -> row.getString(0)))
        .hasSize(REVIEWED + 3);

    assertThat(jobs.selfTrain("next", with("seed=5")).exitCode()).isZero();
    assertPeoplesLabelsAre(now);
    assertThat(
            jobs.table("runs/next/split", "id", "role", "label", "folder_class").stream()
                .map(row -> row.mkString(" ")))
        .contains("zero/0.png labeled one zero", again + " unlabeled " + now.get(again) + " null");
  }

  @Test
  void aClassThatIsRenamedTakesNoLabelOfAPersonWithIt() throws IOException {
    Path labeled = folder.resolve("renamed");
    FileUtils.copyDirectory(folder.resolve("labeled").toFile(), labeled.toFile());
    String old = SAID.values().iterator().next();
    FileUtils.moveDirectory(labeled.resolve(old).toFile(), labeled.resolve("nova").toFile());
    List<String> renamed = with("data.labeled=" + labeled);
    long count = SAID.values().stream().filter(old::equals).count();
    JobRunner.End end = jobs.selfTrain("renamed", renamed);
    assertThat(end.exitCode()).isEqualTo(3);
    assertThat(end.said())
        .contains("Ingested ")
        .endsWith(
            String.format(
                "Run renamed has the classes nova, %s, and people gave labels of others: \"%s\" (%d"
                    + " images). Say what became of each with jobs/review map \"%s=NEW\", or drop"
                    + " its labels with jobs/review map \"%s=\"",
                old.equals("one") ? "zero" : "one", old, count, old, old));
    assertThat(jobs.run("renamed").resolve("cycle-0")).doesNotExist();

    assertThat(jobs.reviewMap("two=nova").said())
        .startsWith("Nobody gave the label \"two\"; there are: \"");
    assertThat(jobs.reviewMap(old + "=nova"))
        .isEqualTo(
            new JobRunner.End(
                0, String.format("%d images labeled \"%s\" are \"nova\" now", count, old)));
    // The labels of a model that knows no such class would be without these.
    assertThat(jobs.publish("published").exitCode()).isEqualTo(3);
    assertThat(jobs.labelIncrementally().exitCode()).isEqualTo(3);

    JobRunner.End trained = jobs.selfTrain("renamed", renamed);
    assertThat(trained.exitCode()).as(trained.said()).isZero();
    Map<String, String> now = new TreeMap<>(SAID);
    now.replaceAll((id, said) -> said.equals(old) ? "nova" : said);
    assertPeoplesLabelsAre(now);
    assertThat(jobs.table("annotations", "id")).hasSize((int) (REVIEWED + count));
  }

  @Test
  void labelsThatAreDroppedAreTheModelsAgain() {
    String old = SAID.values().iterator().next();
    long count = SAID.values().stream().filter(old::equals).count();
    assertThat(jobs.reviewMap(old + "="))
        .isEqualTo(
            new JobRunner.End(
                0, String.format("%d images labeled \"%s\" are labeled no more", count, old)));
    JobRunner.End end = jobs.labelIncrementally();
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said())
        .endsWith(
            String.format(
                "Published version 2: 0 images are new, 0 changed, 0 renamed, 0 gone; people changed"
                    + " the label of %d",
                count));
    Map<String, String> now = new TreeMap<>(SAID);
    now.values().removeIf(old::equals);
    assertPeoplesLabelsAre(now);
    assertThat(rows(jobs, "role = 'unlabeled'")).hasSize(POOL);
    assertThat(jobs.labelIncrementally().said()).contains("Nothing is new since version 2");
    assertThat(jobs.publish("published").exitCode()).isZero();
    assertPeoplesLabelsAre(now);
  }

  @Test
  void aTableOfAnswersThatIsGoneIsMissed() throws IOException {
    FileUtils.deleteDirectory(jobs.store().resolve("annotations").toFile());
    String missing =
        String.format(
            "Answers of people are gone that version 1 of the labels was published with: bring"
                + " file:%s/annotations back from a copy of the store, or publish by --force without"
                + " them",
            jobs.store());
    assertThat(jobs.publish("published")).isEqualTo(new JobRunner.End(3, missing));
    assertThat(jobs.labelIncrementally().said()).endsWith(missing);
    assertThat(jobs.publish("published", "--force").exitCode()).isZero();
    assertPeoplesLabelsAre(Map.of());
    assertThat(jobs.labelIncrementally().said()).contains("Nothing is new since version 2");
  }

  private void assertPeoplesLabelsAre(Map<String, String> said) {
    Map<String, String> human = new TreeMap<>();
    rows(jobs, "role = 'unlabeled' and source = 'human'")
        .forEach(row -> human.put(row.getAs("id"), row.getAs("class")));
    assertThat(human).isEqualTo(said);
  }

  private static List<String> with(String... others) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of(others));
    return all;
  }

  private static Path file(String name, List<String> lines) throws IOException {
    return Files.write(folder.resolve(name), lines);
  }

  private static List<Row> rows(JobRunner of, String condition) {
    return LocalSpark.session()
        .read()
        .format("delta")
        .load(of.store().resolve("labels").toString())
        .where(condition)
        .orderBy("id")
        .collectAsList();
  }
}
