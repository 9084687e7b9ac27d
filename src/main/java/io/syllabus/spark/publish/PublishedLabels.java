package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.delta.tables.DeltaTable;
import io.syllabus.Text;
import io.syllabus.data.BadDataException;
import io.syllabus.publish.Candidate;
import io.syllabus.publish.Outcome;
import io.syllabus.publish.Publication;
import io.syllabus.spark.table.StoredTable;
import io.syllabus.store.Store;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
    /** What became of the labels that it has. */
    Outcome outcome() {
      return new Outcome(
          publication.expectedPrecision(),
          publication.knownPrecision(),
          publication.audit(),
          0,
          0,
          OptionalLong.of(number),
          publication.overruled());
    }
  }

  /** All versions, the latest first. */
  public List<Version> versions() {
    return new StoredTable(spark, table).exists()
        ? Commit.of(spark, table).stream()
            .map(
                commit ->
                    new Version(commit.version(), commit.at(), Publication.ofJson(commit.mark())))
            .toList()
        : List.of();
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

  /**
   * One version.
   *
   * @throws BadDataException where there is none of that number
   */
  public Version require(long number) {
    List<Version> versions = versions();
    return versions.stream()
        .filter(version -> version.number() == number)
        .findFirst()
        .orElseThrow(
            () ->
                new BadDataException(
                    versions.isEmpty()
                        ? store.root() + " holds no published labels"
                        : Text.format(
                            "There is no version %d of the labels: there are %d to %d",
                            number,
                            versions.get(versions.size() - 1).number(),
                            versions.get(0).number())));
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
        : Text.format("%,d images differ%n%s", images, counts.showString(SHOWN, WIDTH, false));
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
        .filter(version -> version.publication().isOf(candidate))
        .findFirst()
        .map(Version::outcome);
  }

  /**
   * Publishes labels as one version.
   *
   * @param labels all of them, with the table's columns
   * @return the version
   */
  Version write(Dataset<Row> labels, Publication publication) {
    labels
        .withColumn("published_at", lit(Timestamp.from(Instant.now())))
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .option("overwriteSchema", true)
        .option("userMetadata", publication.toJson())
        .option("delta.logRetentionDuration", FOR_EVER)
        .option("delta.deletedFileRetentionDuration", FOR_EVER)
        .save(table);
    return requireLatest();
  }

  /**
   * Publishes what has changed as one version.
   *
   * @param updates rows of the table with a column change; where that is gone the image's row goes,
   *     other rows come or take the place of those with their role and id
   * @return the version
   */
  Version change(Dataset<Row> updates, Publication publication) {
    DeltaTable published = DeltaTable.forPath(spark, table);
    Set<String> names = new LinkedHashSet<>(List.of(published.toDF().columns()));
    // Tables made before have none.
    names.add(Overlay.FOLDER_CLASS);
    Map<String, Column> columns = new LinkedHashMap<>();
    names.forEach(name -> columns.put(name, col("new." + name)));
    Column isGone = col("new.change").equalTo(GONE);
    spark.conf().set(MARK, publication.toJson());
    try {
      published
          .as("old")
          .merge(
              updates.withColumn("published_at", lit(Timestamp.from(Instant.now()))).as("new"),
              col("old.role").equalTo(col("new.role")).and(col("old.id").equalTo(col("new.id"))))
          .whenMatched(isGone)
          .delete()
          .whenMatched()
          .update(columns)
          .whenNotMatched(not(isGone))
          .insert(columns)
          .withSchemaEvolution()
          .execute();
    } finally {
      spark.conf().unset(MARK);
    }
    return requireLatest();
  }
}
