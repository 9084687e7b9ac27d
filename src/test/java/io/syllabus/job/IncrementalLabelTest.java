package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.data.DigitFolders;
import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a store and a pool of its own, as they are after the first publication. */
class IncrementalLabelTest {
  private static final int ALIKE = 10;
  private static final int NEW = 6;

  @TempDir private static Path folder;
  private static JobRunner published;
  private static Path pool;

  private JobRunner jobs;
  private Path images;

  @BeforeAll
  static void train() throws IOException {
    published = new JobRunner(folder.resolve("store"));
    Path labeled = DigitFolders.labeled(folder.resolve("labeled"), 2, ALIKE);
    pool = DigitFolders.labeled(folder.resolve("pool"), 2, ALIKE + NEW);
    List<String> settings =
        new ArrayList<>(List.of("data.labeled=" + labeled, "data.unlabeled=" + pool));
    settings.addAll(LocalSpark.PUBLISHING);
    settings.add("publish.max-changed=0.5");
    JobRunner.End end = published.selfTrain("first", settings);
    assertThat(end.exitCode()).as(end.said()).isZero();
  }

  @BeforeEach
  void copy(TestInfo test) throws IOException {
    Path own = folder.resolve(test.getTestMethod().orElseThrow().getName());
    jobs = published.copy(own.resolve("store"));
    images = own.resolve("pool");
    // With the times of the files.
    FileUtils.copyDirectory(pool.toFile(), images.toFile(), true);
  }

  @Test
  void writesNothingWhereNothingIsNew() throws IOException {
    assertNothingIsNew();
    // The content decides, not the time.
    Files.setLastModifiedTime(
        images.resolve("one/15.png"), FileTime.fromMillis(1_000_000_000_000L));
    assertNothingIsNew();
    assertThat(jobs.labels().said().lines().filter(line -> !line.isBlank())).hasSize(2);
  }

  @Test
  void readsTheSourceOfThePublishedRun() {
    assertThat(jobs.labelIncrementally().said()).contains("Nothing is new since version 0");
  }

  @Test
  void publishesWhatIsDifferentAsOneVersion() throws IOException {
    Map<String, Row> before = rows();
    DigitFolders.images(images.resolve("more"), 3, 4);
    Files.copy(
        images.resolve("more/3.png"),
        images.resolve("zero/14.png"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.delete(images.resolve("zero/15.png"));
    // Labeled by a person, who labeled an image with this content.
    Files.move(images.resolve("one/0.png"), images.resolve("renamed.png"));
    Files.move(images.resolve("one/14.png"), images.resolve("renamed too.png"));

    JobRunner.End end = incrementally();
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said())
        .endsWith("Published version 1: 4 images are new, 1 changed, 2 renamed, 1 gone");
    Map<String, Row> after = rows();
    assertThat(after.keySet())
        .contains("more/0.png", "more/3.png", "zero/14.png", "renamed.png", "renamed too.png")
        .doesNotContain("zero/15.png", "one/0.png", "one/14.png")
        .hasSize(before.size() + 4 - 1);

    assertThat(after.get("renamed.png").<String>getAs("source")).isEqualTo("human");
    assertThat(after.get("renamed.png").<String>getAs("class")).isEqualTo("one");
    Row kept = before.get("one/14.png");
    assertThat(after.get("renamed too.png").<String>getAs("source")).isEqualTo("model");
    assertThat(after.get("renamed too.png").<Object>getAs("confidence"))
        .isEqualTo(kept.getAs("confidence"));
    Row changed = after.get("zero/14.png");
    assertThat(changed.<String>getAs("checksum"))
        .isEqualTo(DigestUtils.sha256Hex(Files.readAllBytes(images.resolve("zero/14.png"))))
        .isNotEqualTo(before.get("zero/14.png").getAs("checksum"));
    assertThat(changed.<Object>getAs("confidence"))
        .isEqualTo(after.get("more/3.png").getAs("confidence"));
    for (String id : List.of("zero/0.png", "zero/13.png", "one/15.png")) {
      assertThat(after.get(id)).isEqualTo(before.get(id));
    }

    assertNothingIsNew();
    assertThat(jobs.labels().said())
        .contains("4 new, 1 changed, 2 renamed, 1 gone")
        // 30 labeled and human in the pool: the renamed one still is.
        .containsPattern("1 +\\S+ \\S+ +first +" + 4 * ALIKE + " +" + (2 * NEW + 4 - 1));
  }

  @Test
  void givesTheLabelsThatThePublishedModelGives() throws IOException {
    DigitFolders.images(images.resolve("more"), 3, 4);
    Path scored = folder.resolve("scored");
    assertThat(
            jobs.label(
                    "first", "--input", images.resolve("more").toString(), "--output", "" + scored)
                .exitCode())
        .isZero();
    List<Row> expected =
        LocalSpark.session()
            .read()
            .parquet(scored.toString())
            .select("id", "label", "confidence", "runner_up", "margin")
            .sort("id")
            .collectAsList();
    assertThat(incrementally().exitCode()).isZero();
    Map<String, Row> rows = rows();
    assertThat(expected).hasSize(4);
    for (Row row : expected) {
      Row published = rows.get("more/" + row.getString(0));
      assertThat(published.<String>getAs("class")).isEqualTo(row.getString(1));
      assertThat(published.<Float>getAs("confidence")).isEqualTo(row.getFloat(2));
      assertThat(published.<String>getAs("runner_up")).isEqualTo(row.getString(3));
      assertThat(published.<Float>getAs("margin")).isEqualTo(row.getFloat(4));
      assertThat(published.<Double>getAs("expected_precision")).isBetween(0.0, 1.0);
      assertThat(published.<Integer>getAs("first_cycle")).isNull();
    }
  }

  @Test
  void anImageThatCannotBeReadHasNoLabelAndLosesTheOneItHad() throws IOException {
    Files.writeString(images.resolve("new.png"), "no image");
    Files.writeString(images.resolve("one/15.png"), "no image any more");
    JobRunner.End end = incrementally();
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said())
        .contains("2 images could not be read and have no label, such as file:" + images)
        .endsWith("Published version 1: 0 images are new, 0 changed, 0 renamed, 1 gone");
    assertThat(rows()).doesNotContainKeys("new.png", "one/15.png");
    assertThat(incrementally().said()).contains("Nothing is new since version 1");
  }

  @Test
  void aSourceThatHasLostMostOfItsImagesIsRefused() throws IOException {
    FileUtils.deleteDirectory(images.resolve("one").toFile());
    Files.delete(images.resolve("zero/3.png"));
    JobRunner.End refused = incrementally();
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(refused.said())
        .endsWith(
            "The labels of what is new are not published: publish.max-changed is 0.5, and 17 of 32"
                + " images (53.13 %) of version 0 have changed or are gone. What was published"
                + " before stays; jobs/label --incremental --force publishes them nonetheless");
    assertThat(rows()).hasSize(2 * (ALIKE + NEW));

    JobRunner.End forced = jobs.labelIncrementally("--input", images.toString(), "--force");
    assertThat(forced.exitCode()).as(forced.said()).isZero();
    assertThat(rows()).hasSize(2 * (ALIKE + NEW) - 17);
    assertThat(jobs.labels().said()).contains("forced");
    DigitFolders.images(images.resolve("more"), 3, 1);
    assertThat(incrementally().exitCode()).isZero();
    FileUtils.deleteDirectory(images.resolve("zero").toFile());
    assertThat(incrementally().exitCode()).isEqualTo(4);
  }

  @Test
  void aFileOfAPersonsImageThatGoesAndComesBackIsThePersonsAgain() throws IOException {
    Path away = folder.resolve("away.png");
    Files.move(images.resolve("one/1.png"), away);
    assertThat(incrementally().said()).contains("1 gone");
    Files.move(away, images.resolve("one/1.png"));
    assertThat(incrementally().said()).contains("Published version 2: 1 images are new");
    assertThat(rows().get("one/1.png").<String>getAs("source")).isEqualTo("human");
  }

  @Test
  void needsAPublicationAndASource() throws IOException {
    assertThat(new JobRunner(folder.resolve("nothing")).labelIncrementally().exitCode())
        .isEqualTo(3);
    JobRunner.End missing = jobs.labelIncrementally("--input", folder.resolve("none").toString());
    assertThat(missing.exitCode()).isEqualTo(3);
    assertThat(missing.said()).contains("none does not exist");
    assertThat(jobs.labelIncrementally("--csv"))
        .isEqualTo(
            new JobRunner.End(
                2,
                "--incremental publishes with the published run's model: leave out --run, --output,"
                    + " --csv and --overwrite"));
  }

  private JobRunner.End incrementally() {
    return jobs.labelIncrementally("--input", images.toString());
  }

  private void assertNothingIsNew() {
    JobRunner.End end = incrementally();
    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said()).containsPattern("Nothing is new since version \\d, which was published");
  }

  // Of the pool, by id.
  private Map<String, Row> rows() {
    return LocalSpark.session()
        .read()
        .format("delta")
        .load(jobs.store().resolve("labels").toString())
        .where("role = 'unlabeled'")
        .drop("location")
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getAs("id"), row -> row));
  }
}
