package io.syllabus.spark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.syllabus.config.Settings;
import io.syllabus.data.DigitFolders;
import io.syllabus.data.Images;
import io.syllabus.data.Inventory;
import io.syllabus.data.SourceRole;
import io.syllabus.data.Tars;
import io.syllabus.report.Console;
import io.syllabus.spark.LocalSpark;
import io.syllabus.spark.shard.ExampleKey;
import io.syllabus.spark.shard.PixelFile;
import io.syllabus.spark.shard.Sharding;
import io.syllabus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One ingest of good and bad images, looked at from all sides. */
class IngestTest {
  private static final byte[] WIDE = Images.encoded(Images.gradient(20, 10), "jpg");

  @TempDir private static Path folder;
  private static Store store;
  private static Settings settings;
  private static Inventory inventory;

  @BeforeAll
  static void ingest() throws IOException {
    Path labeled = DigitFolders.labeled(folder.resolve("labeled"), 2, 3);
    byte[] image = Images.encoded(Images.gradient(30, 30), "png");
    Files.write(labeled.resolve("one/cut.png"), Arrays.copyOf(image, image.length / 2));
    Files.write(labeled.resolve("one/empty.png"), new byte[0]);
    Files.writeString(labeled.resolve("zero/garbage.jpg"), "this is no image");
    Files.write(labeled.resolve("stray.png"), image);
    Map<String, byte[]> unlabeled = new LinkedHashMap<>();
    unlabeled.put("zero/0.png", image);
    unlabeled.put("deep/er/wide.jpg", WIDE);
    unlabeled.put("./zero/0.png", image);
    Path tar = Tars.write(folder.resolve("unlabeled.tar.gz"), unlabeled);
    settings =
        LocalSpark.settings(
            "store=" + folder.resolve("store"),
            "data.generate.train-per-class=0",
            "data.generate.test-per-class=0",
            "data.split.pool-per-class=0",
            "data.labeled=" + labeled,
            "data.unlabeled=" + tar);
    store = Store.at(settings.store(), LocalSpark.hadoop());
    inventory =
        new Ingest(LocalSpark.session(), store, "first", settings.data())
            .run(
                new Sources(settings, store, LocalSpark.hadoop()).find(Console.silent()),
                Console.silent())
            .inventory();
  }

  @Test
  void countsWhatItTookAndWhatItCouldNotRead() {
    assertThat(inventory.classes()).containsExactly("one", "zero");
    assertThat(inventory.images(SourceRole.LABELED)).isEqualTo(6);
    assertThat(inventory.images(SourceRole.UNLABELED)).isEqualTo(2);
    assertThat(inventory.images()).isEqualTo(8);
    assertThat(inventory.unreadable()).isEqualTo(5);
  }

  @Test
  void quarantinesEachUnreadableImageWithItsSourceAndTheReason() {
    String labeled = "file:" + folder.resolve("labeled");
    String tar = "file:" + folder.resolve("unlabeled.tar.gz");

    assertThat(rows(store.quarantine(), "source", "role", "reason", "run"))
        .extracting(row -> row.get(0), row -> row.get(1), row -> row.get(2), row -> row.get(3))
        .containsExactlyInAnyOrder(
            tuple(labeled + "/one/cut.png", "labeled", "truncated", "first"),
            tuple(labeled + "/one/empty.png", "labeled", "empty file", "first"),
            tuple(
                labeled + "/zero/garbage.jpg",
                "labeled",
                "not an image (JPEG, PNG, GIF, BMP or TIFF)",
                "first"),
            tuple(labeled + "/stray.png", "labeled", "lies in no class folder", "first"),
            tuple(
                tar + "!/zero/0.png",
                "unlabeled",
                "another image of this source has its id",
                "first"));
  }

  @Test
  void writesARowAnImageWithItsLabelWhereItHasOne() {
    assertThat(rows(store.examples(), "role", "id", "label"))
        .extracting(row -> row.get(0), row -> row.get(1), row -> row.get(2))
        .containsExactlyInAnyOrder(
            tuple("labeled", "one/0.png", "one"),
            tuple("labeled", "one/1.png", "one"),
            tuple("labeled", "one/2.png", "one"),
            tuple("labeled", "zero/0.png", "zero"),
            tuple("labeled", "zero/1.png", "zero"),
            tuple("labeled", "zero/2.png", "zero"),
            tuple("unlabeled", "zero/0.png", null),
            tuple("unlabeled", "deep/er/wide.jpg", null));
  }

  @Test
  void keepsAnImageAsItCame() {
    Row row =
        rows(store.examples(), "id", "format", "width", "height", "checksum", "bytes", "source")
            .stream()
            .filter(found -> found.getString(0).equals("deep/er/wide.jpg"))
            .findFirst()
            .orElseThrow();

    assertThat(row.getString(1)).isEqualTo("jpeg");
    assertThat(row.getInt(2)).isEqualTo(20);
    assertThat(row.getInt(3)).isEqualTo(10);
    assertThat(row.getString(4)).isEqualTo(DigestUtils.sha256Hex(WIDE));
    assertThat((byte[]) row.get(5)).isEqualTo(WIDE);
    assertThat(row.getString(6))
        .isEqualTo("file:" + folder.resolve("unlabeled.tar.gz!/deep/er/wide.jpg"));
  }

  @Test
  void putsEachImageIntoTheShardOfItsId() throws IOException {
    int shards = settings.data().shards();
    for (Row row : rows(store.examples(), "role", "id", "shard")) {
      ExampleKey key =
          ExampleKey.of(
              SourceRole.of(row.getString(0)), row.getString(1), new Sharding(shards, 1), 0);
      assertThat(row.getInt(2)).isEqualTo(key.shard());
      assertThat(
              PixelFile.of(store.run("first"), key.shard(), settings.data().imageSize())
                  .entries(LocalSpark.hadoop()))
          .extracting(PixelFile.Entry::key)
          .contains(key)
          .isSorted();
    }
  }

  private static List<Row> rows(String table, String first, String... others) {
    return LocalSpark.session()
        .read()
        .format("delta")
        .load(table)
        .select(first, others)
        .collectAsList();
  }
}
