package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;

import io.delta.tables.DeltaTable;
import io.syllabus.data.BadDataException;
import io.syllabus.evaluate.Proportion;
import io.syllabus.publish.Annotation;
import io.syllabus.publish.Publication;
import io.syllabus.store.Store;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * What people said of images when they were asked, by the images' content: the last word of each.
 * Runs that begin later train on it. As large as what people have looked at.
 */
public final class ReviewedLabels {
  private static final int SHOWN = 20;
  private static final StructType SAID =
      new StructType()
          .add("line", DataTypes.LongType, false)
          .add("id", DataTypes.StringType, false)
          .add("class", DataTypes.StringType, false)
          .add("audited", DataTypes.BooleanType, false);

  private final SparkSession spark;
  private final PublishedLabels labels;
  private final String table;

  public ReviewedLabels(SparkSession spark, Store store) {
    this.spark = spark;
    this.labels = new PublishedLabels(spark, store);
    this.table = store.annotations();
  }

  /**
   * What was taken in.
   *
   * @param images that people labeled
   * @param corrected how many of them had another label
   * @param audited how many of them were drawn at random
   * @param right how many of these had the label that the person gave
   */
  public record Result(long images, long corrected, long audited, long right) {

    /** The precision of the published labels, as the audit finds it. */
    public Proportion precision() {
      return Proportion.of(right, audited);
    }
  }

  /**
   * Takes annotations in, all or none, and publishes them as one version.
   *
   * @param classes names in the order of their labels
   * @throws BadDataException where an image or a class is unknown, with the lines that name them
   */
  public Result add(
      List<Annotation> annotations, PublishedLabels.Version latest, List<String> classes) {
    Dataset<Row> published = labels.read(latest.number());
    List<Row> rows = new ArrayList<>();
    for (Annotation said : annotations) {
      rows.add(RowFactory.create(said.line(), said.id(), said.className(), said.audited()));
    }
    Dataset<Row> said =
        spark
            .createDataFrame(rows, SAID)
            .join(
                published
                    .where(col("source").equalTo(Origin.MODEL))
                    .select(col("id"), col("checksum"), col("class").as("model_class")),
                new String[] {"id"},
                "left")
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      requireKnown(said, classes);
      Result result = tally(said);
      if (result.images() > 0) {
        Dataset<Row> lastWords = lastWords(said);
        write(lastWords);
        publish(lastWords, latest, classes);
      }
      return result;
    } finally {
      said.unpersist(false);
    }
  }

  private static void requireKnown(Dataset<Row> said, List<String> classes) {
    List<String> problems = new ArrayList<>();
    List<String> images = lines(said.where(col("checksum").isNull()), "id");
    if (!images.isEmpty()) {
      problems.add("No model has labeled what these lines name: " + String.join(", ", images));
    }
    List<String> others = lines(said.where(not(col("class").isInCollection(classes))), "class");
    if (!others.isEmpty()) {
      problems.add(
          String.format(
              "There are the classes %s, and these lines name others: %s",
              String.join(", ", classes), String.join(", ", others)));
    }
    if (!problems.isEmpty()) {
      throw new BadDataException(String.join(". ", problems));
    }
  }

  // The first of them.
  private static List<String> lines(Dataset<Row> said, String column) {
    return said.orderBy("line").select("line", column).takeAsList(SHOWN).stream()
        .map(row -> String.format("line %d \"%s\"", row.getLong(0), row.getString(1)))
        .toList();
  }

  private static Result tally(Dataset<Row> said) {
    Column right = col("class").equalTo(col("model_class"));
    Row counts =
        said.agg(
                count(lit(1)),
                count_if(not(right)),
                count_if(col("audited")),
                count_if(col("audited").and(right)))
            .first();
    return new Result(counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getLong(3));
  }

  // Where a file has an image twice, its last line counts.
  private static Dataset<Row> lastWords(Dataset<Row> said) {
    return said.groupBy("checksum")
        .agg(max_by(col("class"), col("line")).as("class"), max_by(col("id"), col("line")).as("id"))
        .withColumn("at", lit(Timestamp.from(Instant.now())));
  }

  private void publish(
      Dataset<Row> lastWords, PublishedLabels.Version latest, List<String> classes) {
    Dataset<Row> updates =
        labels
            .read(latest.number())
            .where(col("source").equalTo(Origin.MODEL))
            .join(
                lastWords.select(col("checksum"), col("class").as("said")),
                new String[] {"checksum"})
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long images = updates.count();
      Publication before = latest.publication();
      labels.change(
          Origin.reviewed(updates, col("said"), classes).withColumn("change", lit("reviewed")),
          before.after(
              Publication.Change.reviewed(images),
              before.human() + images,
              before.model() - images,
              List.of()));
    } finally {
      updates.unpersist(false);
    }
  }

  private void write(Dataset<Row> last) {
    if (!DeltaTable.isDeltaTable(spark, table)) {
      last.write().format("delta").mode(SaveMode.Overwrite).save(table);
      return;
    }
    Map<String, Column> columns = new LinkedHashMap<>();
    for (String column : last.columns()) {
      columns.put(column, col("new." + column));
    }
    DeltaTable.forPath(spark, table)
        .as("old")
        .merge(last.as("new"), col("old.checksum").equalTo(col("new.checksum")))
        .whenMatched()
        .update(columns)
        .whenNotMatched()
        .insert(columns)
        .execute();
  }

  /**
   * What people said, of these classes: checksum and class; without rows before anybody was asked.
   */
  public Dataset<Row> read(List<String> classes) {
    if (DeltaTable.isDeltaTable(spark, table)) {
      return spark
          .read()
          .format("delta")
          .load(table)
          .select("checksum", "class")
          .where(col("class").isin(classes.toArray()));
    }
    StructType none =
        new StructType().add("checksum", DataTypes.StringType).add("class", DataTypes.StringType);
    return spark.createDataFrame(List.of(), none);
  }
}
