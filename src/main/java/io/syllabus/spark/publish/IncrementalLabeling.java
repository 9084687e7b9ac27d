package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.syllabus.config.Settings;
import io.syllabus.cycle.CycleResult;
import io.syllabus.data.FileVersion;
import io.syllabus.data.ImageEntry;
import io.syllabus.data.ImageSource;
import io.syllabus.data.SourceRole;
import io.syllabus.evaluate.Temperature;
import io.syllabus.network.Classifier;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.Prediction;
import io.syllabus.publish.Candidate;
import io.syllabus.publish.Publication;
import io.syllabus.publish.PublicationRefusedException;
import io.syllabus.publish.QualityGates;
import io.syllabus.report.Console;
import io.syllabus.spark.publish.SourceChanges.Change;
import io.syllabus.spark.score.SourceClassifier;
import io.syllabus.spark.score.SourcePass;
import io.syllabus.spark.shard.ExampleKey;
import io.syllabus.spark.shard.Sharding;
import io.syllabus.store.Store;
import java.io.Serializable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.commons.collections4.iterators.LazyIteratorChain;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Labels what is new in a source since its labels were published, with the model that gave them,
 * and publishes the difference as one version. The source is listed and held against the table
 * shard by shard: a task holds what it lists of one shard, and ids of what is gone.
 */
public final class IncrementalLabeling {
  private static final StructType CHANGE =
      new StructType()
          .add("change", DataTypes.StringType, false)
          .add("id", DataTypes.StringType, false)
          .add("role", DataTypes.StringType, false)
          .add("checksum", DataTypes.StringType, true)
          .add("location", DataTypes.StringType, true)
          .add("size", DataTypes.LongType, true)
          .add("modified", DataTypes.LongType, true)
          .add("label", DataTypes.IntegerType, true)
          .add("confidence", DataTypes.FloatType, true)
          .add("runner_up", DataTypes.IntegerType, true)
          .add("margin", DataTypes.FloatType, true);

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final PublishedLabels labels;
  private final ReviewedLabels reviewed;
  private final Settings settings;
  private final NetworkSnapshot network;
  private final Candidate candidate;
  private final CycleResult best;
  private final Console console;

  /**
   * @param settings of the run whose model labels
   * @param candidate what that run knew of its labels
   * @param best its best cycle, whose model is the network
   */
  public IncrementalLabeling(
      SparkSession spark,
      Store store,
      Settings settings,
      NetworkSnapshot network,
      Candidate candidate,
      CycleResult best,
      Console console) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.labels = new PublishedLabels(spark, store);
    this.reviewed = new ReviewedLabels(spark, store);
    this.settings = settings;
    this.network = network;
    this.candidate = candidate;
    this.best = best;
    this.console = console;
  }

  /**
   * Publishes what is different in the source.
   *
   * @param latest the version that it is compared with
   * @param force whether to publish what quality gates refuse
   * @return what came and went; where that is nothing, nothing was written
   * @throws PublicationRefusedException where quality gates refuse it, and nothing was written
   */
  public Publication.Change run(ImageSource source, PublishedLabels.Version latest, boolean force) {
    Dataset<Row> before = labels.read(latest.number());
    context.setJobDescription("label what is new in " + source.path());
    try (SourcePass pass = new SourcePass(context, settings, network, "label", console)) {
      Dataset<Row> changes = changes(pass, source, before).persist(StorageLevel.DISK_ONLY());
      Dataset<Row> updates = updates(changes, before).persist(StorageLevel.DISK_ONLY());
      try {
        Publication.Change change = change(updates);
        pass.rejections().say(console);
        if (!change.isEmpty()) {
          long unreadable = pass.rejections().count().value();
          publish(updates, change, news(latest, before, updates, change, unreadable), force);
        }
        return change;
      } finally {
        updates.unpersist(false);
        changes.unpersist(false);
      }
    }
  }

  private static Publication.Change change(Dataset<Row> updates) {
    Row counts =
        updates
            .agg(
                count_if(is(Change.ADDED).and(not(col("renamed")))),
                count_if(is(Change.CHANGED)),
                count_if(is(Change.ADDED).and(col("renamed"))),
                count_if(is(Change.GONE).and(not(col("renamed")))))
            .first();
    return new Publication.Change(
        counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getLong(3), 0);
  }

  // How the labels stand once the updates are in them.
  private QualityGates.News news(
      PublishedLabels.Version latest,
      Dataset<Row> before,
      Dataset<Row> updates,
      Publication.Change change,
      long unreadable) {
    Map<String, Map<String, Long>> after =
        PublishedLabels.images(
            counted(before, "source", "class", 1)
                .union(counted(updates, "source_before", "class_before", -1))
                .union(counted(updates, "source", "class", 1)));
    Map<String, Long> ofModel = after.getOrDefault(Origin.MODEL, Map.of());
    Map<String, Long> ofHumans = after.getOrDefault(Origin.HUMAN, Map.of());
    return new QualityGates.News(
        latest.number(),
        latest.publication(),
        before.where(isOfPool()).count(),
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
    List<String> refusals = new QualityGates(settings.publish()).refusals(candidate, news);
    if (!refusals.isEmpty() && !force) {
      throw PublicationRefusedException.ofNews(refusals);
    }
    labels.change(updates, news.publication().after(change, news.human(), news.model(), refusals));
  }

  private static Column isOfPool() {
    return col("role").equalTo(SourceRole.UNLABELED.text());
  }

  // A row an image that came, changed or went: as it is to be published, and what it was.
  private Dataset<Row> updates(Dataset<Row> changes, Dataset<Row> before) {
    Dataset<Row> arrived =
        changes
            .where(not(is(Change.GONE)))
            .join(
                Origin.knownContents(knownContents(before), col("class")),
                new String[] {"checksum"},
                "left")
            .withColumn("first_cycle", lit(null).cast(DataTypes.IntegerType))
            .withColumn("label_changes", lit(0));
    Origin origin =
        new Origin(
            candidate.runId(),
            candidate.examplesVersion(),
            candidate.classes(),
            best,
            candidate.precisionOfNew());
    Dataset<Row> old =
        before.select(
            col("id"),
            col("role"),
            col("source").as("source_before"),
            col("class").as("class_before"),
            col("checksum").as("checksum_before"));
    Dataset<Row> gone =
        changes
            .where(is(Change.GONE))
            .select("change", "id", "role")
            .join(old, new String[] {"id", "role"}, "left");
    return renamed(
            origin
                .ofModel(arrived, "change")
                .withColumn("published_at", lit(Timestamp.from(Instant.now())))
                .join(old.drop("checksum_before"), new String[] {"id", "role"}, "left"),
            gone.select(col("checksum_before").as("checksum")),
            "checksum")
        .unionByName(
            renamed(
                gone,
                arrived.where(is(Change.ADDED)).select(col("checksum").as("checksum_before")),
                "checksum_before"),
            true);
  }

  // What people say when they are asked goes over what their folders say.
  private Dataset<Row> knownContents(Dataset<Row> before) {
    Dataset<Row> asked = reviewed.read(candidate.classes());
    return asked.unionByName(
        before
            .where(col("source").equalTo(Origin.HUMAN))
            .select("checksum", "class")
            .join(asked, new String[] {"checksum"}, "left_anti"));
  }

  // A file that came with the content of one that went is the same under another name.
  private static Dataset<Row> renamed(Dataset<Row> files, Dataset<Row> contents, String checksum) {
    return files
        .join(contents.distinct().withColumn("renamed", lit(true)), new String[] {checksum}, "left")
        .withColumn("renamed", coalesce(col("renamed").and(not(is(Change.CHANGED))), lit(false)));
  }

  private static Column is(Change change) {
    return col("change").equalTo(text(change));
  }

  private static String text(Change change) {
    return change.name().toLowerCase(Locale.ROOT);
  }

  // The source held against what is published of it.
  private Dataset<Row> changes(SourcePass pass, ImageSource source, Dataset<Row> before) {
    int shards = settings.data().shards();
    Sharding sharding = new Sharding(shards, 1);
    JavaPairRDD<ExampleKey, SourceChanges.Published> published =
        before
            .where(isOfPool())
            .select("id", "checksum", "size", "modified")
            .javaRDD()
            .mapToPair(
                row ->
                    new Tuple2<>(
                        ExampleKey.of(SourceRole.UNLABELED, row.getString(0), sharding, 0),
                        new SourceChanges.Published(
                            row.getString(1), new FileVersion(row.getLong(2), row.getLong(3)))))
            .repartitionAndSortWithinPartitions(new ExampleKey.ByShard(sharding, shards));
    Labeler labeler = new Labeler(pass.classifier(), candidate.temperature());
    JavaRDD<Row> rows =
        pass.images(SourceRole.UNLABELED, source).zipPartitions(published, labeler::changes);
    return spark.createDataFrame(rows, CHANGE);
  }

  /** Labels what is new in one partition. */
  private record Labeler(SourceClassifier classifier, double temperature) implements Serializable {

    private record Arrival(
        Change change, String id, String checksum, String location, FileVersion version) {}

    Iterator<Row> changes(
        Iterator<Tuple2<ExampleKey, ImageEntry>> images,
        Iterator<Tuple2<ExampleKey, SourceChanges.Published>> published) {
      SourceChanges changes =
          new SourceChanges(images, published, classifier.intake().hadoop().value().value());
      return new LazyIteratorChain<>() {
        @Override
        protected Iterator<Row> nextIterator(int count) {
          return switch (count) {
            case 1 -> arrived(changes);
            case 2 -> IteratorUtils.transformedIterator(changes.gone().iterator(), Labeler::gone);
            default -> null;
          };
        }
      };
    }

    private Iterator<Row> arrived(SourceChanges changes) {
      return IteratorUtils.transformedIterator(
          classifier.classify(
              changes,
              (image, taken) ->
                  new Arrival(
                      changes.read(image.id()),
                      image.id(),
                      taken.checksum(),
                      image.location(),
                      image.version())),
          this::row);
    }

    private Row row(Classifier.Classified<Arrival> image) {
      Arrival arrival = image.key();
      Prediction prediction = Prediction.of(Temperature.soften(image.probabilities(), temperature));
      return RowFactory.create(
          text(arrival.change),
          arrival.id,
          SourceRole.UNLABELED.text(),
          arrival.checksum,
          arrival.location,
          arrival.version.bytes(),
          arrival.version.modifiedMillis(),
          prediction.label(),
          prediction.confidence(),
          prediction.runnerUp(),
          prediction.margin());
    }

    private static Row gone(String id) {
      return RowFactory.create(
          text(Change.GONE),
          id,
          SourceRole.UNLABELED.text(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }
  }
}
