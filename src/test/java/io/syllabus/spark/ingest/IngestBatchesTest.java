package io.syllabus.spark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.tables.DeltaTable;
import io.syllabus.config.Settings;
import io.syllabus.data.DigitFolders;
import io.syllabus.data.ImageSource;
import io.syllabus.data.Images;
import io.syllabus.data.SourceRole;
import io.syllabus.data.Split;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.report.Console;
import io.syllabus.spark.LocalSpark;
import io.syllabus.spark.TestRun;
import io.syllabus.spark.score.Score;
import io.syllabus.spark.shard.Shares;
import io.syllabus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ingest that takes one part of its sources at a time: three classes, three folders of the pool.
 */
class IngestBatchesTest {
  private static final int ONE_PART = 1;

  @TempDir private Path folder;
  private Settings settings;
  private Store store;

  @BeforeEach
  void writeImages() throws IOException {
    Path labeled = DigitFolders.labeled(folder.resolve("labeled"), 3, 4);
    Path unlabeled = folder.resolve("unlabeled");
    for (String name : List.of("a", "b", "c")) {
      Path part = Files.createDirectories(unlabeled.resolve(name));
      for (int i = 0; i < 4; i++) {
        Files.write(part.resolve(i + ".png"), Images.encoded(Images.gradient(8 + i, 8), "png"));
      }
    }
    settings =
        LocalSpark.settings(
            "store=" + folder.resolve("store"),
            "data.generate.train-per-class=0",
            "data.generate.test-per-class=0",
            "data.split.labeled-per-class=2",
            "data.split.validation-per-class=2",
            "data.split.pool-per-class=0",
            "data.labeled=" + labeled,
            "data.unlabeled=" + unlabeled);
    store = Store.at(settings.store(), LocalSpark.hadoop());
  }

  @Test
  void takesWhatOneBatchTakes() throws IOException {
    Ingest.Result inOne = ingest("one", 100);
    Map<String, Row> rowsOfOne = rows();
    Ingest.Result inMany = ingest("many", ONE_PART);

    assertThat(inOne.batches()).isEqualTo(1);
    assertThat(inMany.batches()).isEqualTo(6);
    assertThat(inMany.inventory().classes()).isEqualTo(inOne.inventory().classes());
    assertThat(inMany.inventory().images()).isEqualTo(inOne.inventory().images()).isEqualTo(24);
    assertThat(inMany.version()).isEqualTo(inOne.version() + 6);
    assertThat(rows()).isEqualTo(rowsOfOne);
  }

  @Test
  void givesEveryImageTheScoreThatItHasInOneBatch() throws IOException {
    Map<String, Score> inOne = scores("one", ingest("one", 100));
    assertThat(inOne).hasSize(12);
    assertThat(scores("many", ingest("many", ONE_PART))).isEqualTo(inOne);
  }

  @Test
  void goesOnAfterTheLastBatchThatIsThere() throws IOException {
    Path broken = folder.resolve("unlabeled/b");
    Path aside = folder.resolve("aside");
    // Found when sources are listed, and gone when its batch is read.
    Map<SourceRole, ImageSource> sources = sources();
    Files.move(broken, aside);
    assertThatThrownBy(() -> ingest("cut-off", sources, ONE_PART)).isInstanceOf(Exception.class);
    long version = version();
    Files.move(aside, broken);
    // What is added meanwhile belongs to no part that the ingest began with.
    Path added = Files.createDirectories(folder.resolve("unlabeled/d"));
    Files.copy(broken.resolve("0.png"), added.resolve("0.png"));

    Ingest.Result rest = ingest("cut-off", ONE_PART);
    assertThat(rest.batches()).isEqualTo(6);
    assertThat(version()).isEqualTo(version + 2);
    assertThat(rest.inventory().images()).isEqualTo(24);
    assertThat(rows()).hasSize(24);
  }

  @Test
  void beginsAgainWhereAnotherRunWroteTheTableMeanwhile() throws IOException {
    Path broken = folder.resolve("unlabeled/c");
    Path aside = folder.resolve("aside");
    Map<SourceRole, ImageSource> sources = sources();
    Files.move(broken, aside);
    assertThatThrownBy(() -> ingest("cut-off", sources, ONE_PART)).isInstanceOf(Exception.class);
    Files.move(aside, broken);
    long other = ingest("other", 100).version();

    Ingest.Result again = ingest("cut-off", ONE_PART);
    assertThat(again.version()).isEqualTo(other + 6);
    assertThat(again.inventory().images()).isEqualTo(24);
    assertThat(rows()).hasSize(24);
  }

  private Map<SourceRole, ImageSource> sources() throws IOException {
    return new Sources(settings, store, LocalSpark.hadoop()).find(Console.silent());
  }

  private Ingest.Result ingest(String runId, int partsABatch) throws IOException {
    return ingest(runId, sources(), partsABatch);
  }

  private Ingest.Result ingest(String runId, Map<SourceRole, ImageSource> sources, int partsABatch)
      throws IOException {
    return new Ingest(LocalSpark.session(), store, runId, settings.data())
        .run(sources, partsABatch, Console.silent());
  }

  private Map<String, Score> scores(String runId, Ingest.Result result) {
    Store.Run run = store.run(runId);
    Splitting.of(LocalSpark.session(), settings)
        .run(store.examples(), result.version(), LocalSpark.nobodyAsked(), run.split());
    TestRun test = new TestRun(settings, run, result.inventory());
    NetworkSnapshot network = test.freshNetwork();
    Broadcast<NetworkSnapshot> shipped = LocalSpark.context().broadcast(network);
    Map<String, Score> scores = new TreeMap<>();
    try (Shares shares = test.shares(2, result.batches())) {
      for (Score score : test.scoring(shares).scores(shipped, Split.POOL, 1).collect()) {
        scores.put(score.id(), new Score(0, score.id(), score.truth(), score.prediction()));
      }
    } finally {
      shipped.destroy();
    }
    return scores;
  }

  private long version() {
    return DeltaTable.forPath(LocalSpark.session(), store.examples())
        .history(1)
        .select("version")
        .first()
        .getLong(0);
  }

  private Map<String, Row> rows() {
    Map<String, Row> rows = new TreeMap<>();
    for (Row row :
        LocalSpark.session()
            .read()
            .format("delta")
            .load(store.examples())
            .select("role", "id", "label", "source", "checksum")
            .collectAsList()) {
      rows.put(row.getString(0) + " " + row.getString(1), row);
    }
    return rows;
  }
}
