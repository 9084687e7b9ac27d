package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.delta.tables.DeltaTable;
import io.syllabus.Text;
import io.syllabus.data.BadDataException;
import io.syllabus.publish.Audit;
import io.syllabus.spark.table.StoredTable;
import io.syllabus.store.Store;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Every answer that people gave about images: a table to which rows are added and of which none is
 * changed. The latest answer about a content counts, for whatever file has it. As large as what
 * people have looked at; the driver sees a line per class.
 */
public final class Annotations {
  /** The class that the latest answer names. */
  public static final String REVIEWED = "reviewed";

  /**
   * One answer. Tables made before have of these only id, checksum, class and at: the others are
   * null there, which is unknown.
   */
  static final StructType ANSWER =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("role", DataTypes.StringType)
          .add("checksum", DataTypes.StringType)
          // Null where an earlier answer is taken back.
          .add("class", DataTypes.StringType)
          .add("at", DataTypes.TimestampType)
          // The place among the answers that came at that time.
          .add("line", DataTypes.LongType)
          .add("annotator", DataTypes.StringType)
          .add("answered_at", DataTypes.TimestampType)
          .add("audited", DataTypes.BooleanType)
          .add("shown", DataTypes.StringType)
          .add("shown_source", DataTypes.StringType)
          .add("run_id", DataTypes.StringType);

  private static final StructType GIVEN =
      new StructType().add("checksum", DataTypes.StringType).add("given", DataTypes.StringType);

  private final SparkSession spark;
  private final Store store;
  private final String table;

  public Annotations(SparkSession spark, Store store) {
    this.spark = spark;
    this.store = store;
    this.table = store.annotations();
  }

  /** The table's version, which grows with each answer; empty before the first. */
  OptionalLong version() {
    return exist()
        ? OptionalLong.of(DeltaTable.forPath(spark, table).history(1).first().getLong(0))
        : OptionalLong.empty();
  }

  /**
   * Makes sure that the answers are there which the published labels were made with.
   *
   * @throws BadDataException where some are gone: it says what helps
   */
  public void requireWhole() {
    Optional<PublishedLabels.Version> latest = new PublishedLabels(spark, store).latest();
    latest
        .filter(made -> made.publication().annotations().orElse(-1) > version().orElse(-1))
        .ifPresent(
            made -> {
              throw new BadDataException(
                  Text.format(
                      "Answers of people are gone that version %d of the labels was published with:"
                          + " bring %s back from a copy of the store, or publish by --force without"
                          + " them",
                      made.number(), table));
            });
  }

  /** Whether anybody was asked. */
  boolean exist() {
    return new StoredTable(spark, table).exists();
  }

  /** All answers, in no order. */
  Dataset<Row> answers() {
    if (!exist()) {
      return spark.createDataFrame(List.of(), ANSWER);
    }
    Dataset<Row> answers = spark.read().format("delta").load(table);
    Set<String> known = Set.of(answers.columns());
    for (StructField column : ANSWER.fields()) {
      if (!known.contains(column.name())) {
        answers = answers.withColumn(column.name(), lit(null).cast(column.dataType()));
      }
    }
    return answers.select(
        List.of(ANSWER.fieldNames()).stream().map(name -> col(name)).toArray(Column[]::new));
  }

  // Later answers are greater.
  private static Column order() {
    return struct(col("at"), coalesce(col("line"), lit(0L)));
  }

  /**
   * What people say of each content: checksum and {@link #REVIEWED}; no row where it was dropped.
   */
  public Dataset<Row> latest() {
    return answers()
        .groupBy("checksum")
        .agg(max_by(col("class"), order()).as(REVIEWED))
        .where(col(REVIEWED).isNotNull());
  }

  /** The time of the next answers, which is later than that of all before. */
  Timestamp next() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Row last = answers().agg(max("at")).first();
    return Timestamp.from(
        last.isNullAt(0) || last.getTimestamp(0).toInstant().isBefore(now)
            ? now
            : last.getTimestamp(0).toInstant().plusMillis(1));
  }

  /**
   * Adds answers.
   *
   * @param answers with the columns of {@link #ANSWER}
   */
  void append(Dataset<Row> answers) {
    answers.write().format("delta").mode(SaveMode.Append).option("mergeSchema", true).save(table);
  }

  /**
   * What people said of a run's own labels: of the images that were drawn at random, those that its
   * model labeled, by the latest answer about each.
   */
  Optional<Audit> audit(String runId) {
    Column ofModel = col("shown_source").equalTo(Provenance.MODEL);
    Dataset<Row> drawn =
        answers()
            .groupBy("checksum")
            .agg(
                max(col("audited").and(ofModel)).as("drawn"),
                max_by(col("class"), order()).as("said"),
                // What the model labeled later is in no run's labels.
                max(when(ofModel.and(col("run_id").equalTo(runId)), col("shown"))).as("shown"))
            .where(col("drawn").and(col("said").isNotNull()));
    Column label = coalesce(col("given"), col("shown"));
    Row counts =
        drawn
            .join(given(runId), new String[] {"checksum"}, "left")
            .where(label.isNotNull())
            .agg(count(lit(1)), count_if(label.equalTo(col("said"))))
            .first();
    return counts.getLong(0) == 0
        ? Optional.empty()
        : Optional.of(new Audit(counts.getLong(0), counts.getLong(1)));
  }

  // The labels that the run's model gave its pool; of a run that is deleted there are none.
  private Dataset<Row> given(String runId) {
    String labels = store.run(runId).labels();
    if (!new StoredTable(spark, labels).exists()) {
      return spark.createDataFrame(List.of(), GIVEN);
    }
    return spark
        .read()
        .format("delta")
        .load(labels)
        .where(col("source").equalTo(Provenance.MODEL))
        .select(col("checksum"), col("class").as("given"))
        .dropDuplicates("checksum");
  }

  /** How many contents have each class by the latest answer, in the order of the classes' names. */
  private Map<String, Long> classes() {
    return latest().groupBy(REVIEWED).count().collectAsList().stream()
        .collect(
            Collectors.toMap(
                row -> row.getString(0), row -> row.getLong(1), Long::sum, TreeMap::new));
  }

  /**
   * Makes sure that no label of a person is lost with its class.
   *
   * @param runId of the run whose labels people's lie over
   * @param classes that the run knows
   * @throws BadDataException where people named others; says which and what to do
   */
  public void requireClasses(String runId, List<String> classes) {
    Map<String, Long> others = classes();
    others.keySet().removeAll(classes);
    if (!others.isEmpty()) {
      String first = others.keySet().iterator().next();
      throw new BadDataException(
          Text.format(
              "Run %s has the classes %s, and people gave labels of others: %s. Say what became of"
                  + " each with jobs/review map \"%s=NEW\", or drop its labels with jobs/review map"
                  + " \"%s=\"",
              runId, String.join(", ", classes), listed(others), first, first));
    }
  }

  private static String listed(Map<String, Long> classes) {
    return classes.entrySet().stream()
        .map(entry -> Text.format("\"%s\" (%,d images)", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /**
   * Says what became of classes: adds an answer about each content whose latest names one of them.
   * What people said before stays in the table.
   *
   * @param renamed the new name of each; empty where its labels are dropped
   * @param annotator who says so
   * @return how many contents each of them had
   * @throws BadDataException where nobody named one of them
   */
  public Map<String, Long> map(Map<String, Optional<String>> renamed, String annotator) {
    Map<String, Long> counts = classes();
    for (String old : renamed.keySet()) {
      if (!counts.containsKey(old)) {
        throw new BadDataException(
            Text.format(
                "Nobody gave the label \"%s\"; there are: %s",
                old, counts.isEmpty() ? "none" : listed(counts)));
      }
    }
    counts.keySet().retainAll(renamed.keySet());
    Column name = lit(null).cast(DataTypes.StringType);
    for (Map.Entry<String, Optional<String>> entry : renamed.entrySet()) {
      name =
          when(col("class").equalTo(entry.getKey()), lit(entry.getValue().orElse(null)))
              .otherwise(name);
    }
    Dataset<Row> answers =
        answers()
            .groupBy("checksum")
            .agg(max_by(struct(col("id"), col("role"), col("class")), order()).as("answer"))
            .select("checksum", "answer.*")
            .where(col("class").isInCollection(renamed.keySet()))
            .withColumn("class", name)
            .withColumn("at", lit(next()))
            .withColumn("annotator", lit(annotator));
    append(answers);
    return counts;
  }
}
