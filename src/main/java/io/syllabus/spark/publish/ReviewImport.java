package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.syllabus.Text;
import io.syllabus.data.BadDataException;
import io.syllabus.data.SourceRole;
import io.syllabus.publish.Annotation;
import io.syllabus.publish.Audit;
import io.syllabus.publish.Publication;
import io.syllabus.store.Store;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Takes in what people said of published labels: adds their answers to the annotations and
 * publishes what they change. Any published image may be named, whoever labeled it before.
 */
public final class ReviewImport {
  private static final int SHOWN = 20;
  private static final StructType SAID =
      new StructType()
          .add("line", DataTypes.LongType, false)
          .add("place", DataTypes.LongType, false)
          .add("id", DataTypes.StringType, false)
          .add("role_said", DataTypes.StringType)
          .add("class", DataTypes.StringType, false)
          .add("audited", DataTypes.BooleanType, false)
          .add("annotator", DataTypes.StringType)
          .add("answered_at", DataTypes.TimestampType)
          .add("shown_said", DataTypes.StringType)
          .add("run_said", DataTypes.StringType);

  private final SparkSession spark;
  private final PublishedLabels labels;
  private final Annotations annotations;

  public ReviewImport(SparkSession spark, Store store) {
    this.spark = spark;
    this.labels = new PublishedLabels(spark, store);
    this.annotations = new Annotations(spark, store);
  }

  /**
   * What was taken in.
   *
   * @param images that people labeled, by their content
   * @param corrected how many of them had another label
   * @param audited what they said of those that were drawn at random
   */
  public record Result(long images, long corrected, Audit audited) {}

  /**
   * Takes annotations in, all or none, and publishes what they change as one version.
   *
   * @param latest the published version
   * @param classes names in the order of their labels
   * @param annotator who answered where an annotation does not say
   * @throws BadDataException where an image or a class is unknown, with the lines that name them
   */
  public Result add(
      List<Annotation> said,
      PublishedLabels.Version latest,
      List<String> classes,
      String annotator) {
    annotations.requireWhole();
    Dataset<Row> answers =
        matched(rows(said, annotator), labels.read(latest.number()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      requireKnown(answers, classes);
      Result result = tally(answers);
      if (result.images() > 0) {
        annotations.append(
            answers
                .withColumn("line", col("place"))
                .withColumn("at", lit(annotations.next()))
                .select(
                    List.of(Annotations.ANSWER.fieldNames()).stream()
                        .map(name -> col(name))
                        .toArray(Column[]::new)));
        publish(latest, classes);
      }
      return result;
    } finally {
      answers.unpersist(false);
    }
  }

  private Dataset<Row> rows(List<Annotation> said, String annotator) {
    List<Row> rows = new ArrayList<>();
    for (Annotation answer : said) {
      rows.add(
          RowFactory.create(
              answer.line(),
              (long) rows.size(),
              answer.id(),
              answer.role().orElse(null),
              answer.className(),
              answer.audited(),
              answer.annotator().orElse(annotator),
              answer.answered().map(Timestamp::from).orElse(null),
              answer.shown().map(Annotation.Shown::className).orElse(null),
              answer.shown().map(Annotation.Shown::runId).orElse(null)));
    }
    return spark.createDataFrame(rows, SAID);
  }

  // Where no role is said the pool is meant, which people are asked about, if it has the image.
  private static Dataset<Row> matched(Dataset<Row> said, Dataset<Row> published) {
    Dataset<Row> images =
        published.select(
            col("id").as("id_published"),
            col("role").equalTo(SourceRole.UNLABELED.text()).as("pool"),
            col("role"),
            col("checksum"),
            col("class").as("class_now"),
            col("source").as("source_now"),
            col("run_id").as("run_now"));
    Column isMeant =
        col("id")
            .equalTo(col("id_published"))
            .and(col("role_said").isNull().or(col("role_said").equalTo(col("role"))));
    Column isExported = col("shown_said").isNotNull();
    return said.join(images, isMeant, "left")
        .groupBy(List.of(SAID.fieldNames()).stream().map(name -> col(name)).toArray(Column[]::new))
        .agg(
            max(struct("pool", "role", "checksum", "class_now", "source_now", "run_now"))
                .as("image"),
            count_distinct(col("checksum")).as("contents"))
        .select("*", "image.*")
        .withColumn("shown", coalesce(col("shown_said"), col("class_now")))
        // Only a model's labels are exported.
        .withColumn("shown_source", when(isExported, Provenance.MODEL).otherwise(col("source_now")))
        .withColumn("run_id", coalesce(col("run_said"), col("run_now")));
  }

  private static void requireKnown(Dataset<Row> answers, List<String> classes) {
    List<String> problems = new ArrayList<>();
    List<String> images = lines(answers.where(col("checksum").isNull()), "id");
    if (!images.isEmpty()) {
      problems.add("No image is published that these lines name: " + String.join(", ", images));
    }
    List<String> several = lines(answers.where(not(col("pool")).and(col("contents").gt(1))), "id");
    if (!several.isEmpty()) {
      problems.add(
          "Several sources have what these lines name, so they need a column role: "
              + String.join(", ", several));
    }
    List<String> others = lines(answers.where(not(col("class").isInCollection(classes))), "class");
    if (!others.isEmpty()) {
      problems.add(
          Text.format(
              "There are the classes %s, and these lines name others: %s",
              String.join(", ", classes), String.join(", ", others)));
    }
    if (!problems.isEmpty()) {
      throw new BadDataException(String.join(". ", problems));
    }
  }

  // The first of them.
  private static List<String> lines(Dataset<Row> answers, String column) {
    return answers.orderBy("line").select("line", column).takeAsList(SHOWN).stream()
        .map(row -> Text.format("line %d \"%s\"", row.getLong(0), row.getString(1)))
        .toList();
  }

  // Where a file has an image twice, its last answer counts.
  private static Result tally(Dataset<Row> answers) {
    Column ofModel = col("shown_source").equalTo(Provenance.MODEL);
    Column right = col("said").equalTo(col("shown"));
    Row counts =
        answers
            .groupBy("checksum")
            .agg(
                max_by(col("class"), col("place")).as("said"),
                max_by(col("class_now"), col("place")).as("now"),
                max_by(col("shown"), col("place")).as("shown"),
                max(col("audited").and(ofModel)).as("drawn"))
            .agg(
                count(lit(1)),
                count_if(col("said").notEqual(col("now"))),
                count_if(col("drawn")),
                count_if(col("drawn").and(right)))
            .first();
    return new Result(
        counts.getLong(0), counts.getLong(1), new Audit(counts.getLong(2), counts.getLong(3)));
  }

  private void publish(PublishedLabels.Version latest, List<String> classes) {
    Column isWithdrawn = col(Overlay.WITHDRAWN);
    Dataset<Row> updates =
        Overlay.over(labels.read(latest.number()), annotations, classes)
            .where(Overlay.isChanged().or(isWithdrawn))
            .withColumn("change", when(isWithdrawn, PublishedLabels.GONE).otherwise("reviewed"))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Row counts =
          updates
              .agg(
                  count(lit(1)),
                  count_if(col(Overlay.SOURCE_BEFORE).equalTo(Provenance.MODEL)),
                  count_if(isWithdrawn))
              .first();
      if (counts.getLong(0) > 0) {
        Publication before = latest.publication();
        long fromModel = counts.getLong(1);
        labels.change(
            updates,
            before.after(
                Publication.Change.reviewed(counts.getLong(0)),
                before.human() + fromModel - counts.getLong(2),
                before.model() - fromModel,
                List.of(),
                annotations.audit(before.runId()),
                annotations.version()));
      }
    } finally {
      updates.unpersist(false);
    }
  }
}
