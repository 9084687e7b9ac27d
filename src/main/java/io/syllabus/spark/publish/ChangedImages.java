package io.syllabus.spark.publish;

import static org.apache.spark.sql.functions.col;

import io.syllabus.data.FileVersion;
import io.syllabus.data.ImageEntry;
import io.syllabus.data.ImageSource;
import io.syllabus.data.SourceRole;
import io.syllabus.evaluate.Temperature;
import io.syllabus.network.Classifier;
import io.syllabus.network.Prediction;
import io.syllabus.spark.publish.SourceChanges.Change;
import io.syllabus.spark.score.SourceClassifier;
import io.syllabus.spark.score.SourcePass;
import io.syllabus.spark.shard.ExampleKey;
import io.syllabus.spark.shard.Sharding;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Locale;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.commons.collections4.iterators.LazyIteratorChain;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Labels what is new in a source, or has another content than before. The source is listed and held
 * against what is published shard by shard: a task holds what it lists of one shard, and ids of
 * what is gone.
 */
final class ChangedImages {
  /** A row per image that came, changed or went; of what went its id alone. */
  static final StructType CHANGE =
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
  private final int shards;
  private final double temperature;

  /**
   * @param shards of the run whose model labels
   * @param temperature of that model's probabilities
   */
  ChangedImages(SparkSession spark, int shards, double temperature) {
    this.spark = spark;
    this.shards = shards;
    this.temperature = temperature;
  }

  /**
   * Compares.
   *
   * @param pass over the source, with the model
   * @param before what is published of it
   * @return rows of {@link #CHANGE}
   */
  Dataset<Row> of(SourcePass pass, ImageSource source, Dataset<Row> before) {
    Sharding sharding = new Sharding(shards, 1);
    JavaPairRDD<ExampleKey, SourceChanges.Published> published =
        before
            .where(col("role").equalTo(SourceRole.UNLABELED.text()))
            .select("id", "checksum", "size", "modified")
            .javaRDD()
            .mapToPair(
                row ->
                    new Tuple2<>(
                        ExampleKey.of(SourceRole.UNLABELED, row.getString(0), sharding, 0),
                        new SourceChanges.Published(
                            row.getString(1), new FileVersion(row.getLong(2), row.getLong(3)))))
            .repartitionAndSortWithinPartitions(new ExampleKey.ByShard(sharding, shards));
    Labeler labeler = new Labeler(pass.classifier(), temperature);
    JavaRDD<Row> rows =
        pass.images(SourceRole.UNLABELED, source).zipPartitions(published, labeler::changes);
    return spark.createDataFrame(rows, CHANGE);
  }

  static String text(Change change) {
    return change.name().toLowerCase(Locale.ROOT);
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
