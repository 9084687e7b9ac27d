package io.syllabus.spark.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.spark.LocalSpark;
import io.syllabus.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is done to a store, and in whatever order: the labels of people are the latest ones that
 * they gave.
 */
class PeoplesLabelsPropertyTest {
  private static final int STEPS = 8;

  /** For tables of ten rows. */
  private static final String[] SMALL = {
    "spark.sql.codegen.wholeStage=false",
    "spark.sql.codegen.factoryMode=NO_CODEGEN",
    "spark.sql.adaptive.enabled=false",
    "spark.sql.shuffle.partitions=1",
    "spark.default.parallelism=1"
  };

  @TempDir private Path folder;

  private final List<String> history = new ArrayList<>();
  private Random random;
  private LabeledStore store;
  private int files;

  @ParameterizedTest
  @MethodSource("fewSeeds")
  void theLabelsOfPeopleAreTheLatestOnesThatTheyGave(int seed) throws IOException {
    follow(seed);
  }

  @ParameterizedTest
  @Tag("full")
  @MethodSource("manySeeds")
  void theLabelsOfPeopleAreTheLatestOnesThatTheyGaveInAnyOrder(int seed) throws IOException {
    follow(seed);
  }

  static IntStream fewSeeds() {
    return IntStream.rangeClosed(1, 5);
  }

  static IntStream manySeeds() {
    return IntStream.rangeClosed(1, 40);
  }

  private void follow(int seed) throws IOException {
    random = new Random(seed);
    SparkSession spark = LocalSpark.session(SMALL);
    store = new LabeledStore(spark, Store.at(folder.toString(), new Configuration()));
    for (String name : LabeledStore.CLASSES) {
      store.labeled.put(name + "/0", "labeled " + name);
      store.labeled.put(name + "/1", "labeled too " + name);
    }
    for (int image = 0; image < 7; image++) {
      add();
    }
    // Of two people who look at it one has the folder's file, the other the pool's.
    store.pool.put("copy", "labeled a");
    // A run that people's labels come after.
    store.finish(begun(), false, false);
    for (int step = 0; step < STEPS; step++) {
      step();
      store.assertPeoplesLabelsAreTheLatestOnes("seed " + seed + ": " + history);
    }
  }

  private String begun() {
    String id = store.begin();
    history.add("begin " + id);
    return id;
  }

  private void step() throws IOException {
    switch (random.nextInt(10)) {
      case 0 -> begun();
      case 1 -> finish(begun());
      case 2, 3 -> resume();
      case 4 -> publish();
      case 5 -> publishAgain();
      case 6 -> incrementally();
      case 7 -> delete();
      case 8 -> map();
      default -> review();
    }
    // Nothing else is at stake.
    if (store.said.isEmpty()) {
      review();
    }
  }

  private void finish(String id) {
    boolean strictly = random.nextBoolean();
    boolean force = random.nextInt(3) == 0;
    history.add(String.format("finish %s%s%s", id, strictly ? " strictly" : "", forced(force)));
    assertThat(store.finish(id, strictly, force).isRefused()).isEqualTo(strictly && !force);
  }

  private static String forced(boolean force) {
    return force ? " by force" : "";
  }

  private void resume() {
    if (store.unfinishedRuns().isEmpty()) {
      begun();
    } else {
      finish(any(store.unfinishedRuns()));
    }
  }

  private void publish() {
    String id = any(store.finishedRuns());
    boolean force = random.nextBoolean();
    history.add("publish " + id + forced(force));
    store.publish(id, false, force);
  }

  private void publishAgain() {
    PublishedLabels.Version version = any(store.versions());
    history.add("publish version " + version.number());
    store.publishAgain(version);
  }

  private void incrementally() {
    add();
    String changed = any(List.copyOf(store.pool.keySet()));
    store.pool.put(changed, content());
    String gone = any(List.copyOf(store.pool.keySet()));
    store.pool.remove(gone);
    history.add(String.format("label what is new, %s changed, %s gone", changed, gone));
    store.labelIncrementally(random.nextBoolean());
  }

  private void add() {
    store.pool.put("pool-" + files++, content());
  }

  // Some contents have several files, some come back.
  private String content() {
    return "content " + random.nextInt(12);
  }

  private void delete() throws IOException {
    String published = store.latest().orElseThrow().publication().runId();
    List<String> runs = new ArrayList<>(store.finishedRuns());
    runs.addAll(store.unfinishedRuns());
    runs.remove(published);
    if (!runs.isEmpty()) {
      String id = any(runs);
      history.add("delete " + id);
      store.delete(id);
    }
  }

  private void map() {
    String old = any(LabeledStore.CLASSES);
    Optional<String> now =
        random.nextBoolean() ? Optional.empty() : Optional.of(any(LabeledStore.CLASSES));
    history.add("map " + old + "=" + now.orElse(""));
    store.map(old, now);
  }

  private void review() {
    Map<String, String> contents = new TreeMap<>();
    for (Row row : store.labels()) {
      contents.put(row.getAs("id"), row.getAs("checksum"));
    }
    Map<String, String> answers = new TreeMap<>();
    for (int image = 0; image < 3; image++) {
      answers.put(any(List.copyOf(contents.keySet())), any(LabeledStore.CLASSES));
    }
    history.add("review " + answers);
    store.review(answers, contents);
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
