package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.syllabus.config.PublishSettings;
import io.syllabus.cycle.CycleResult;
import io.syllabus.data.SourceRole;
import io.syllabus.publish.Audit;
import io.syllabus.publish.Candidate;
import io.syllabus.publish.Publication;
import io.syllabus.publish.PublicationRefusedException;
import io.syllabus.publish.QualityGates;
import io.syllabus.spark.publish.SourceChanges.Change;
import io.syllabus.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Publishes what is new in a source, with labels that people give by now over all of it. What
 * people's answers have changed since the version before is published with it.
 */
final class IncrementalPublication implements AutoCloseable {
  private static final String REVIEWED = "reviewed";

  private final PublishedLabels labels;
  private final Annotations annotations;
  private final QualityGates gates;
  private final Candidate candidate;
  private final CycleResult best;
  private final PublishedLabels.Version latest;
  private final Dataset<Row> published;
  // What is not as people say it, or has no label any more.
  private final Dataset<Row> overtaken;

  /**
   * Takes up a version.
   *
   * @param candidate what the run whose model labels knew of its labels
   * @param best its best cycle
   * @throws io.syllabus.data.BadDataException where people named classes that the run has not, or
   *     their answers are gone
   */
  IncrementalPublication(
      SparkSession spark,
      Store store,
      PublishSettings limits,
      Candidate candidate,
      CycleResult best,
      PublishedLabels.Version latest) {
    this.labels = new PublishedLabels(spark, store);
    this.annotations = new Annotations(spark, store);
    this.gates = new QualityGates(limits);
    this.candidate = candidate;
    this.best = best;
    this.latest = latest;
    annotations.requireWhole();
    annotations.requireClasses(candidate.runId(), candidate.classes());
    published = labels.read(latest.number());
    overtaken =
        Overlay.over(published, annotations, candidate.classes())
            .where(Overlay.isChanged().or(col(Overlay.WITHDRAWN)))
            .persist(StorageLevel.DISK_ONLY());
  }

  /** What the source is compared with; what has no label any more is new to it. */
  Dataset<Row> before() {
    return published.join(
        overtaken.where(col(Overlay.WITHDRAWN)).select("id", "role"),
        new String[] {"id", "role"},
        "left_anti");
  }

  /**
   * Publishes the difference as one version.
   *
   * @param changes rows of {@link ChangedImages#CHANGE}
   * @param unreadable images of the source; asked once all of it is read
   * @param force whether to publish what quality gates refuse
   * @return what came and went; where that is nothing, nothing was written
   * @throws PublicationRefusedException where quality gates refuse it, and nothing was written
   */
  Publication.Change publish(Dataset<Row> changes, LongSupplier unreadable, boolean force) {
    Dataset<Row> updates = updates(changes).persist(StorageLevel.DISK_ONLY());
    try {
      Publication.Change change = change(updates);
      long bad = unreadable.getAsLong();
      if (!change.isEmpty()) {
        publish(updates, change, news(updates, change, bad), force);
      }
      return change;
    } finally {
      updates.unpersist(false);
    }
  }

  // An image that lost a person's label and got the model's is none that came.
  private static Publication.Change change(Dataset<Row> updates) {
    Column isNew = is(Change.ADDED).and(col(Overlay.SOURCE_BEFORE).isNull());
    Row counts =
        updates
            .agg(
                count_if(isNew.and(not(col("renamed")))),
                count_if(is(Change.CHANGED)),
                count_if(isNew.and(col("renamed"))),
                count_if(is(Change.GONE).and(not(col("renamed")))),
                count_if(
                    col("change")
                        .equalTo(REVIEWED)
                        .or(is(Change.ADDED).and(col(Overlay.SOURCE_BEFORE).isNotNull()))))
            .first();
    return new Publication.Change(
        counts.getLong(0),
        counts.getLong(1),
        counts.getLong(2),
        counts.getLong(3),
        counts.getLong(4));
  }

  // How the labels stand once the updates are in them.
  private QualityGates.News news(Dataset<Row> updates, Publication.Change change, long unreadable) {
    Map<String, Map<String, Long>> after =
        PublishedLabels.images(
            counted(published, "source", "class", 1)
                .union(counted(updates, Overlay.SOURCE_BEFORE, Overlay.CLASS_BEFORE, -1))
                .union(counted(updates.where(not(is(Change.GONE))), "source", "class", 1)));
    Map<String, Long> ofModel = after.getOrDefault(Provenance.MODEL, Map.of());
    Map<String, Long> ofHumans = after.getOrDefault(Provenance.HUMAN, Map.of());
    return new QualityGates.News(
        latest.number(),
        latest.publication(),
        published.where(isOfPool()).count(),
        change.changed() + change.gone(),
        candidate.classes().stream().map(name -> ofModel.getOrDefault(name, 0L)).toList(),
        ofHumans.values().stream().mapToLong(Long::longValue).sum(),
        unreadable);
  }

  private static Dataset<Row> counted(Dataset<Row> rows, String source, String name, int each) {
    return rows.where(col(source).isNotNull())
        .groupBy(col(source).as("source"), col(name).as("class"))
        .agg(count(lit(1)).multiply(each).as("images"));
  }

  private void publish(
      Dataset<Row> updates, Publication.Change change, QualityGates.News news, boolean force) {
    Optional<Audit> audit = annotations.audit(candidate.runId());
    List<String> refusals = gates.refusals(candidate, news, audit);
    if (!refusals.isEmpty() && !force) {
      throw PublicationRefusedException.ofNews(refusals);
    }
    labels.change(
        updates,
        news.publication()
            .after(change, news.human(), news.model(), refusals, audit, annotations.version()));
  }

  private static Column isOfPool() {
    return col("role").equalTo(SourceRole.UNLABELED.text());
  }

  // A row an image that came, changed or went, or whose label did: as it is to be published, and
  // what it was.
  private Dataset<Row> updates(Dataset<Row> changes) {
    Dataset<Row> old =
        published.select(
            col("id"),
            col("role"),
            col("source").as(Overlay.SOURCE_BEFORE),
            col("class").as(Overlay.CLASS_BEFORE),
            col("checksum").as("checksum_before"));
    Dataset<Row> gone =
        changes
            .where(is(Change.GONE))
            .select("change", "id", "role")
            .join(old, new String[] {"id", "role"}, "left");
    Dataset<Row> arrived =
        changes
            .where(not(is(Change.GONE)))
            .join(
                Provenance.knownContents(knownContents(), col("class")),
                new String[] {"checksum"},
                "left");
    Dataset<Row> labeled =
        provenance()
            .ofModel(
                arrived
                    .withColumn("first_cycle", lit(null).cast(DataTypes.IntegerType))
                    .withColumn("label_changes", lit(0)),
                "change")
            .join(old.drop("checksum_before"), new String[] {"id", "role"}, "left");
    return renamed(labeled, gone.select(col("checksum_before").as("checksum")), "checksum")
        .unionByName(
            renamed(
                gone,
                arrived.where(is(Change.ADDED)).select(col("checksum").as("checksum_before")),
                "checksum_before"),
            true)
        .unionByName(overtaken(changes), true);
  }

  // What the source says nothing of: it has the people's label of today, or none and goes.
  private Dataset<Row> overtaken(Dataset<Row> changes) {
    return overtaken
        .join(changes.select("id", "role"), new String[] {"id", "role"}, "left_anti")
        .withColumn(
            "change",
            when(col(Overlay.WITHDRAWN), ChangedImages.text(Change.GONE)).otherwise(REVIEWED))
        .withColumn("renamed", lit(false));
  }

  private Provenance provenance() {
    return new Provenance(
        candidate.runId(),
        candidate.examplesVersion(),
        candidate.classes(),
        best,
        candidate.precisionOfNew());
  }

  // What people say when they are asked goes over what their folders say.
  private Dataset<Row> knownContents() {
    Dataset<Row> asked = annotations.latest().withColumnRenamed(Annotations.REVIEWED, "class");
    return asked.unionByName(
        published
            .select(col("checksum"), Overlay.folderClass(published).as("class"))
            .where(col("class").isNotNull())
            .join(asked, new String[] {"checksum"}, "left_anti"));
  }

  // A file that came with the content of one that went is the same under another name.
  private static Dataset<Row> renamed(Dataset<Row> files, Dataset<Row> contents, String checksum) {
    return files
        .join(contents.distinct().withColumn("renamed", lit(true)), new String[] {checksum}, "left")
        .withColumn("renamed", coalesce(col("renamed").and(not(is(Change.CHANGED))), lit(false)));
  }

  private static Column is(Change change) {
    return col("change").equalTo(ChangedImages.text(change));
  }

  @Override
  public void close() {
    overtaken.unpersist(false);
  }
}
