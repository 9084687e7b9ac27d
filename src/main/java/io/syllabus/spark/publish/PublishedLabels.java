package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.delta.tables.DeltaTable;
import io.syllabus.data.BadDataException;
import io.syllabus.publish.Candidate;
import io.syllabus.publish.Outcome;
import io.syllabus.publish.Publication;
import io.syllabus.publish.QualityGates;
import io.syllabus.store.Store;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * The published label of every image, a row an image. Every publication is one version of the
 * table, which readers see as a whole; older versions stay. The driver holds a line a version and a
 * count of each class.
 */
public final class PublishedLabels {
  // Delta forgets versions after 30 days unless told otherwise.
  private static final String FOR_EVER = "interval 36500 days";

  /** The change of an image that is no longer there. */
  static final String GONE = "gone";

  private static final String MARK = "spark.databricks.delta.commitInfo.userMetadata";
  private static final int SHOWN = 50;
  private static final int WIDTH = 60;

  private final SparkSession spark;
  private final Store store;
  private final String table;

  public PublishedLabels(SparkSession spark, Store store) {
    this.spark = spark;
    this.store = store;
    this.table = store.labels();
  }

  /**
   * One publication.
   *
   * @param number of the table's version
   * @param at when it was published
   */
  public record Version(long number, Instant at, Publication publication) {
    private boolean has(Candidate candidate) {
      return publication.change().isEmpty()
          && publication.runId().equals(candidate.runId())
          && publication.modelChecksum().equals(candidate.modelChecksum());
    }

    private Outcome outcome(Candidate candidate) {
      return PublishedLabels.outcome(candidate, OptionalLong.of(number), publication.overruled());
    }
  }

  /** All versions, the latest first. */
  public List<Version> versions() {
    List<Version> versions = new ArrayList<>();
    if (DeltaTable.isDeltaTable(spark, table)) {
      for (Row row :
          DeltaTable.forPath(spark, table)
              .history()
              .where(col("userMetadata").isNotNull())
              .select("version", "timestamp", "userMetadata")
              .collectAsList()) {
        versions.add(
            new Version(
                row.getLong(0),
                row.getTimestamp(1).toInstant(),
                Publication.ofJson(row.getString(2))));
      }
    }
    return versions;
  }

  /** The version that is read unless another is asked for; empty before the first publication. */
  public Optional<Version> latest() {
    return versions().stream().findFirst();
  }

  /**
   * The version that is read unless another is asked for.
   *
   * @throws BadDataException where nothing is published
   */
  public Version requireLatest() {
    return latest()
        .orElseThrow(() -> new BadDataException(store.root() + " holds no published labels"));
  }

  /** The rows of one version. */
  public Dataset<Row> read(long version) {
    return spark.read().format("delta").option("versionAsOf", version).load(table);
  }

  /**
   * What is different in a later version: id, role, change (added, gone, changed), and class and
   * source before and after. A label that stays and whose source changes is changed.
   */
  public Dataset<Row> difference(long before, long after) {
    Dataset<Row> old = sides(before, "before");
    Dataset<Row> fresh = sides(after, "after");
    return old.join(fresh, new String[] {"id", "role"}, "full_outer")
        .withColumn(
            "change",
            when(col("class_before").isNull(), "added")
                .when(col("class_after").isNull(), "gone")
                .when(
                    col("class_before")
                        .notEqual(col("class_after"))
                        .or(col("source_before").notEqual(col("source_after"))),
                    "changed"))
        .where(col("change").isNotNull())
        .select(
            "id", "role", "change", "class_before", "source_before", "class_after", "source_after");
  }

  private Dataset<Row> sides(long version, String side) {
    return read(version)
        .select(
            col("id"),
            col("role"),
            col("class").as("class_" + side),
            col("source").as("source_" + side));
  }

  /** A difference in a few lines: how many of each change, and from which class to which. */
  public String summaryOf(Dataset<Row> difference) {
    Dataset<Row> counts =
        difference
            .groupBy("change", "class_before", "class_after")
            .agg(count(lit(1)).as("images"))
            .orderBy(col("images").desc(), col("change"), col("class_before"), col("class_after"));
    long images = difference.count();
    return images == 0
        ? "The two versions have the same labels"
        : String.format("%,d images differ%n%s", images, counts.showString(SHOWN, WIDTH, false));
  }

  /** A version in a line a class and source, with the mean of the expected precision. */
  public String summaryByClass(Dataset<Row> labels) {
    return labels
        .groupBy("class", "source")
        .agg(count(lit(1)).as("images"), round(avg("expected_precision"), 4).as("precision"))
        .orderBy("class", "source")
        .showString(SHOWN, WIDTH, false);
  }

  /**
   * How many images have each class from each source, by source and class.
   *
   * @param counts source, class and images, any number of lines of each
   */
  static Map<String, Map<String, Long>> images(Dataset<Row> counts) {
    Map<String, Map<String, Long>> images = new HashMap<>();
    for (Row row :
        counts.groupBy("source", "class").agg(sum("images").as("images")).collectAsList()) {
      images
          .computeIfAbsent(row.getString(0), source -> new HashMap<>())
          .put(row.getString(1), row.getLong(2));
    }
    return images;
  }

  /** The outcome of an earlier publication of a run's labels; empty where there was none. */
  public Optional<Outcome> published(Candidate candidate) {
    return versions().stream()
        .filter(version -> version.has(candidate))
        .findFirst()
        .map(version -> version.outcome(candidate));
  }

  /**
   * Publishes a run's labels as one version, unless they are what the latest holds.
   *
   * @param force whether to publish what quality gates refuse
   */
  public Outcome publish(Store.Run run, Candidate candidate, QualityGates gates, boolean force) {
    Optional<Version> latest = latest();
    if (latest.filter(version -> version.has(candidate)).isPresent()) {
      return latest.get().outcome(candidate);
    }
    List<String> refusals = gates.refusals(candidate, latest.map(version -> compare(run, version)));
    if (!refusals.isEmpty() && !force) {
      return outcome(candidate, OptionalLong.empty(), refusals);
    }
    labelsOf(run)
        .drop("split", "truth")
        .withColumn("published_at", lit(Timestamp.from(Instant.now())))
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .option("userMetadata", Publication.of(candidate, refusals).toJson())
        .option("delta.logRetentionDuration", FOR_EVER)
        .option("delta.deletedFileRetentionDuration", FOR_EVER)
        .save(table);
    return outcome(candidate, OptionalLong.of(requireLatest().number()), refusals);
  }

  /**
   * Publishes what has changed as one version.
   *
   * @param updates rows of the table with a column change; where that is gone the image's row goes,
   *     other rows come or take the place of those with their role and id
   */
  void change(Dataset<Row> updates, Publication publication) {
    DeltaTable published = DeltaTable.forPath(spark, table);
    Map<String, Column> columns = new LinkedHashMap<>();
    for (String column : published.toDF().columns()) {
      columns.put(column, col("new." + column));
    }
    Column isGone = col("new.change").equalTo(GONE);
    spark.conf().set(MARK, publication.toJson());
    try {
      published
          .as("old")
          .merge(
              updates.as("new"),
              col("old.role").equalTo(col("new.role")).and(col("old.id").equalTo(col("new.id"))))
          .whenMatched(isGone)
          .delete()
          .whenMatched()
          .update(columns)
          .whenNotMatched(not(isGone))
          .insert(columns)
          .execute();
    } finally {
      spark.conf().unset(MARK);
    }
  }

  private static Outcome outcome(Candidate candidate, OptionalLong version, List<String> refusals) {
    return new Outcome(candidate.precisionOfAll(), candidate.knownPrecision(), version, refusals);
  }

  private QualityGates.Published compare(Store.Run run, Version version) {
    Dataset<Row> before = given(read(version.number())).withColumnRenamed("class", "before");
    Row counts =
        given(labelsOf(run))
            .join(before, "id")
            .agg(count(lit(1)), count_if(col("class").notEqual(col("before"))))
            .first();
    return new QualityGates.Published(
        version.number(), version.publication(), counts.getLong(0), counts.getLong(1));
  }

  // An image that a model labels is in the pool, where ids are unique.
  private static Dataset<Row> given(Dataset<Row> labels) {
    return labels.where(col("source").equalTo(Origin.MODEL)).select("id", "class");
  }

  private Dataset<Row> labelsOf(Store.Run run) {
    return spark.read().format("delta").load(run.labels());
  }
}
