package io.syllabus.spark.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.spark.LocalSpark;
import io.syllabus.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose labels and annotations were written before every answer was kept. */
class StoreFromBeforeTest {
  @TempDir private Path folder;

  @Test
  void keepsWhatPeopleSaidThen() throws IOException {
    LabeledStore store =
        new LabeledStore(
            LocalSpark.session("spark.sql.adaptive.enabled=false"),
            Store.at(folder.toString(), LocalSpark.hadoop()));
    for (String name : LabeledStore.CLASSES) {
      store.labeled.put(name + "/0", "labeled " + name);
    }
    for (int image = 0; image < 4; image++) {
      store.pool.put("pool-" + image, "content " + image);
    }
    String run = store.begin();
    store.finish(run, false, false);
    store.review(Map.of("pool-0", "a", "pool-1", "b"), contents(store));
    store.makeOld(run);

    store.assertPeoplesLabelsAreTheLatestOnes("as it was");
    assertThat(store.answers())
        .allSatisfy(
            row -> {
              assertThat(row.<String>getAs("annotator")).isNull();
              assertThat(row.<Boolean>getAs("audited")).isNull();
            });
    // One of the labeled source, and one of those from before.
    store.review(Map.of("pool-1", "c", "a/0", "b"), contents(store));
    store.assertPeoplesLabelsAreTheLatestOnes("reviewed again");
    assertThat(store.answers().stream().map(row -> row.<String>getAs("annotator")))
        .containsExactly(null, null, "ada", "ada");
    store.pool.put("pool-4", "content 4");
    store.labelIncrementally(false);
    store.assertPeoplesLabelsAreTheLatestOnes("with a new image");
    store.publish(run, false, false);
    store.assertPeoplesLabelsAreTheLatestOnes("published again");
    store.map("b", Optional.empty());
    store.labelIncrementally(false);
    store.assertPeoplesLabelsAreTheLatestOnes("dropped");
    store.publish(run, false, false);
    store.assertPeoplesLabelsAreTheLatestOnes("dropped and published again");
  }

  private static Map<String, String> contents(LabeledStore store) {
    Map<String, String> contents = new TreeMap<>();
    for (Row row : store.labels()) {
      contents.put(row.getAs("id"), row.getAs("checksum"));
    }
    return contents;
  }
}
