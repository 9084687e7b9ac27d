package io.syllabus.spark.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.Seeds;
import io.syllabus.config.PublishSettings;
import io.syllabus.cycle.CycleResult;
import io.syllabus.cycle.Model;
import io.syllabus.cycle.Training;
import io.syllabus.data.ClassChoice;
import io.syllabus.data.SourceRole;
import io.syllabus.data.SplitRule;
import io.syllabus.publish.Annotation;
import io.syllabus.publish.Candidate;
import io.syllabus.publish.ExpectedPrecision;
import io.syllabus.publish.LabelCounts;
import io.syllabus.publish.Outcome;
import io.syllabus.publish.PublicationRefusedException;
import io.syllabus.publish.QualityGates;
import io.syllabus.select.ConfidenceBands;
import io.syllabus.spark.LocalSpark;
import io.syllabus.spark.ingest.Splitting;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A store with the tables of real runs, whose images are no more than names and whose models are a
 * fixed function of run and content. Remembers what people said last.
 */
final class LabeledStore {
  static final List<String> CLASSES = List.of("a", "b", "c");

  private static final PublishSettings NO_LIMITS = new PublishSettings(true, 1, 1e6, 1, 0, 1);

  /** Refuses everything: of ten held-out images seven are right. */
  private static final PublishSettings STRICT = new PublishSettings(true, 1, 1e6, 1, 0.99, 1);

  private static final StructType EXAMPLE =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("shard", DataTypes.IntegerType)
          .add("role", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("checksum", DataTypes.StringType)
          .add("source", DataTypes.StringType)
          .add("size", DataTypes.LongType)
          .add("modified", DataTypes.LongType);

  private static final StructType PREDICTION =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("label", DataTypes.IntegerType)
          .add("confidence", DataTypes.FloatType)
          .add("runner_up", DataTypes.IntegerType)
          .add("margin", DataTypes.FloatType);

  /** Contents of the labeled source and of the pool, by id; those of the first begin with it. */
  final Map<String, String> labeled = new TreeMap<>();

  final Map<String, String> pool = new TreeMap<>();

  /** The last word of people about each content. */
  final Map<String, String> said = new TreeMap<>();

  /** What people said, all of it. */
  private long answers;

  /** Whether labels that are published are older than what people say. */
  private boolean stale;

  private final SparkSession spark;
  private final Store store;
  private final PublishedLabels published;
  private final Map<String, Candidate> finished = new LinkedHashMap<>();
  private final Map<String, Long> begun = new LinkedHashMap<>();

  /** The pool as each run read it. */
  private final Map<String, Map<String, String>> read = new LinkedHashMap<>();

  private int runs;

  LabeledStore(SparkSession spark, Store store) {
    this.spark = spark;
    this.store = store;
    this.published = new PublishedLabels(spark, store);
  }

  /** What a run's model says of a content. */
  private static int given(String runId, String content) {
    return (int) Math.floorMod(Seeds.derive(Seeds.hash(runId), content), (long) CLASSES.size());
  }

  private static float confidence(String runId, String content) {
    return 0.4f + Math.floorMod(Seeds.derive(Seeds.hash(runId), content, 1), 50L) / 100f;
  }

  List<String> finishedRuns() {
    return List.copyOf(finished.keySet());
  }

  List<String> unfinishedRuns() {
    return List.copyOf(begun.keySet());
  }

  Optional<PublishedLabels.Version> latest() {
    return published.latest();
  }

  List<PublishedLabels.Version> versions() {
    return published.versions();
  }

  List<Row> labels() {
    return published.read(published.requireLatest().number()).collectAsList();
  }

  /** Ingests and splits, as far as a run comes that is cut off in its first cycle. */
  String begin() {
    String id = "run-" + runs++;
    List<Row> rows = new ArrayList<>();
    labeled.forEach((file, content) -> rows.add(example(SourceRole.LABELED, file, content)));
    pool.forEach((file, content) -> rows.add(example(SourceRole.UNLABELED, file, content)));
    spark
        .createDataFrame(rows, EXAMPLE)
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .save(store.examples());
    Annotations annotations = new Annotations(spark, store);
    annotations.requireClasses(id, CLASSES);
    long version = runs - 1L;
    new Splitting(spark, new SplitRule(0, 0, 0, 0), new ClassChoice(Set.of(), Set.of()), 1)
        .run(store.examples(), version, annotations.latest(), store.run(id).split());
    begun.put(id, version);
    read.put(id, Map.copyOf(pool));
    return id;
  }

  private static Row example(SourceRole role, String file, String content) {
    String label = role == SourceRole.LABELED ? folder(file) : null;
    return RowFactory.create(
        file, 0, role.text(), label, content, role.text() + "/" + file, 1L, version(content));
  }

  private static String folder(String file) {
    return file.substring(0, file.indexOf('/'));
  }

  private static long version(String content) {
    return Seeds.hash(content);
  }

  /** Trains and publishes. */
  Outcome finish(String id, boolean strictly, boolean force) {
    long examplesVersion = begun.remove(id);
    LabelCounts heldOut = new LabelCounts(ConfidenceBands.even(CLASSES.size()));
    for (int label = 0; label < CLASSES.size(); label++) {
      for (int image = 0; image < 10; image++) {
        heldOut.add(label, 0.5, image < 7);
      }
    }
    ConfidenceBands bands = ConfidenceBands.even(CLASSES.size());
    RunLabels labels = new RunLabels(spark, store, store.run(id), CLASSES);
    labels.write(
        id,
        examplesVersion,
        best(id),
        predictions(id),
        new ExpectedPrecision(heldOut).among(bands));
    RunLabels.Tally tally = labels.tally(bands);
    finished.put(
        id,
        new Candidate(
            id,
            checksum(id),
            0.7,
            1,
            CLASSES,
            tally.trueLabels(),
            heldOut,
            tally.given(),
            tally.human(),
            0,
            examplesVersion));
    return publish(id, strictly, force);
  }

  private static String checksum(String runId) {
    return "model of " + runId;
  }

  private static CycleResult best(String id) {
    return new CycleResult(
        0,
        Optional.empty(),
        new Training(new Model(id + "/model.zip", checksum(id)), 1, 0.7, 1, 1),
        OptionalDouble.empty());
  }

  private Dataset<Row> predictions(String id) {
    List<Row> rows = new ArrayList<>();
    for (Row image :
        spark
            .read()
            .format("delta")
            .load(store.run(id).split())
            .where("split = 'pool'")
            .collectAsList()) {
      String file = image.getAs("id");
      String content = read.get(id).get(file);
      rows.add(
          RowFactory.create(
              file,
              given(id, content),
              confidence(id, content),
              (given(id, content) + 1) % CLASSES.size(),
              0.1f));
    }
    return spark.createDataFrame(rows, PREDICTION);
  }

  /** Publishes a finished run. */
  Outcome publish(String id, boolean strictly, boolean force) {
    return settled(publisher(strictly, force).publish(finished.get(id)));
  }

  /** Publishes an earlier version; empty where its run is deleted. */
  Optional<Outcome> publishAgain(PublishedLabels.Version version) {
    return Optional.ofNullable(finished.get(version.publication().runId()))
        .map(candidate -> settled(publisher(false, false).publishAgain(version, candidate)));
  }

  private Publisher publisher(boolean strictly, boolean force) {
    return new Publisher(spark, store, new QualityGates(strictly ? STRICT : NO_LIMITS), force);
  }

  private Outcome settled(Outcome outcome) {
    stale &= outcome.isRefused();
    return outcome;
  }

  /** People look at images of the latest version. */
  void review(Map<String, String> answersById, Map<String, String> contents) {
    List<Annotation> file = new ArrayList<>();
    answersById.forEach(
        (id, name) -> {
          file.add(Annotation.of(file.size() + 2, id, name));
          said.put(contents.get(id), name);
        });
    new ReviewImport(spark, store).add(file, published.requireLatest(), CLASSES, "ada");
    answers += answersById.size();
    stale = false;
  }

  /** People say what became of a class. */
  void map(String old, Optional<String> now) {
    long images = said.values().stream().filter(old::equals).count();
    if (images > 0) {
      new Annotations(spark, store).map(Map.of(old, now), "bob");
      answers += images;
      stale = true;
      if (now.isPresent()) {
        said.replaceAll((content, name) -> name.equals(old) ? now.get() : name);
      } else {
        said.values().removeIf(old::equals);
      }
    }
  }

  /** Labels what is new in the pool, with the published model. */
  void labelIncrementally(boolean force) {
    PublishedLabels.Version latest = published.requireLatest();
    String id = latest.publication().runId();
    try (IncrementalPublication publication =
        new IncrementalPublication(spark, store, NO_LIMITS, finished.get(id), best(id), latest)) {
      publication.publish(changes(id, publication.before()), () -> 0, force);
      stale = false;
    } catch (PublicationRefusedException e) {
      throw new AssertionError("Nothing is refused here", e);
    }
  }

  private Dataset<Row> changes(String runId, Dataset<Row> before) {
    Map<String, String> known = new TreeMap<>();
    for (Row row : before.where("role = 'unlabeled'").select("id", "checksum").collectAsList()) {
      known.put(row.getString(0), row.getString(1));
    }
    List<Row> rows = new ArrayList<>();
    pool.forEach(
        (file, content) -> {
          if (!content.equals(known.remove(file))) {
            rows.add(
                RowFactory.create(
                    known.containsKey(file) ? "changed" : "added",
                    file,
                    "unlabeled",
                    content,
                    "unlabeled/" + file,
                    1L,
                    version(content),
                    given(runId, content),
                    confidence(runId, content),
                    (given(runId, content) + 1) % CLASSES.size(),
                    0.1f));
          }
        });
    known.keySet().removeAll(pool.keySet());
    known
        .keySet()
        .forEach(
            file ->
                rows.add(
                    RowFactory.create(
                        "gone",
                        file,
                        "unlabeled",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)));
    return spark.createDataFrame(rows, ChangedImages.CHANGE);
  }

  /** Makes the tables what they were before answers were kept and folders' classes written down. */
  void makeOld(String runId) {
    PublishedLabels.Version latest = published.requireLatest();
    String before =
        latest
            .publication()
            .toJson()
            .replaceAll(",\"(knownPrecision|audit|annotations|again)\":(null|[^{},]+)", "");
    assertThat(before).doesNotContain("again", "audit", "annotations");
    rewrite(store.labels(), published.read(latest.number()).drop(Overlay.FOLDER_CLASS), before);
    for (String table : List.of(store.run(runId).labels(), store.run(runId).split())) {
      rewrite(table, spark.read().format("delta").load(table).drop(Overlay.FOLDER_CLASS), "");
    }
    rewrite(
        store.annotations(),
        new Annotations(spark, store).answers().select("checksum", "class", "id", "at"),
        "");
  }

  private void rewrite(String table, Dataset<Row> rows, String mark) {
    // Collected, since a table is not written over while it is read.
    spark
        .createDataFrame(rows.collectAsList(), rows.schema())
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .option("overwriteSchema", true)
        .option("userMetadata", mark)
        .save(table);
  }

  List<Row> answers() {
    return new Annotations(spark, store).answers().orderBy("at", "line").collectAsList();
  }

  /** Deletes a run that is not the published one. */
  void delete(String id) throws IOException {
    finished.remove(id);
    begun.remove(id);
    WholeFiles.delete(store.run(id).folder(), LocalSpark.hadoop());
  }

  /** Asserts that the latest version has the labels of people as they are, and no others. */
  void assertPeoplesLabelsAreTheLatestOnes(String history) {
    assertThat(new Annotations(spark, store).answers().count()).as(history).isEqualTo(answers);
    if (latest().isEmpty() || stale) {
      return;
    }
    List<Row> rows = labels();
    Map<String, String> folders = new TreeMap<>();
    rows.stream()
        .filter(row -> row.getAs("role").equals("labeled"))
        .forEach(row -> folders.put(row.getAs("checksum"), folder(row.getAs("id"))));
    long human = 0;
    for (Row row : rows) {
      String content = row.getAs("checksum");
      String person = said.getOrDefault(content, folders.get(content));
      String run = row.getAs("run_id");
      String wanted =
          person != null ? "human " + person : "model " + CLASSES.get(given(run, content));
      assertThat(row.getAs("source") + " " + row.getAs("class"))
          .as("%s%n%s with content %s", history, row.getAs("id"), content)
          .isEqualTo(wanted);
      assertThat(row.<Integer>getAs("label")).isEqualTo(CLASSES.indexOf(wanted.substring(6)));
      assertThat(row.<Float>getAs("confidence") == null).isEqualTo(person != null);
      human += person != null ? 1 : 0;
    }
    PublishedLabels.Version version = published.requireLatest();
    assertThat(version.publication().human()).as(history).isEqualTo(human);
    assertThat(version.publication().model()).as(history).isEqualTo(rows.size() - human);
  }
}
