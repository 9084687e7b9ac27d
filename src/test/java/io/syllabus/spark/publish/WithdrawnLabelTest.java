package io.syllabus.spark.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.spark.LocalSpark;
import io.syllabus.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image whose label a person took back, and which the model has not labeled. */
class WithdrawnLabelTest {
  @TempDir private Path folder;

  @Test
  void isCountedNoMoreOnceItsFileIsGone() throws IOException {
    LabeledStore store =
        new LabeledStore(
            LocalSpark.session("spark.sql.adaptive.enabled=false"),
            Store.at(folder.toString(), LocalSpark.hadoop()));
    for (String name : LabeledStore.CLASSES) {
      store.labeled.put(name + "/0", "labeled " + name);
    }
    store.pool.put("stays", "content 0");
    store.pool.put("goes", "content 1");
    store.finish(store.begin(), false, false);
    store.review(
        Map.of("stays", "b", "goes", "b"), Map.of("stays", "content 0", "goes", "content 1"));
    store.map("b", Optional.empty());
    store.pool.remove("goes");

    store.labelIncrementally(true);
    store.assertPeoplesLabelsAreTheLatestOnes("one of two whose labels were dropped is gone");
    assertThat(store.latest().orElseThrow().publication().human()).isEqualTo(3);
    assertThat(store.labels()).hasSize(3 + 1);
  }
}
