package io.syllabus.spark;

import io.syllabus.config.DataSettings;
import io.syllabus.data.ImageDecoder;
import io.syllabus.data.ImageSource;
import io.syllabus.data.Inventory;
import io.syllabus.data.Rejected;
import io.syllabus.data.SourceRole;
import io.syllabus.report.Console;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads sources into the examples table and the shards' pixel files. Every image is decoded once,
 * and its bytes move once: to the shard that a hash of its id names.
 */
public final class Ingest {
  private static final StructType EXAMPLE =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("shard", DataTypes.IntegerType, false)
          .add("role", DataTypes.StringType, false)
          .add("label", DataTypes.StringType, true)
          .add("source", DataTypes.StringType, false)
          .add("format", DataTypes.StringType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("checksum", DataTypes.StringType, false)
          .add("bytes", DataTypes.BinaryType, false);

  private static final StructType QUARANTINED =
      new StructType()
          .add("source", DataTypes.StringType, false)
          .add("role", DataTypes.StringType, false)
          .add("reason", DataTypes.StringType, false)
          .add("run", DataTypes.StringType, false)
          .add("at", DataTypes.TimestampType, false);

  private final SparkSession spark;
  private final Store store;
  private final String runId;
  private final DataSettings data;

  public Ingest(SparkSession spark, Store store, String runId, DataSettings data) {
    this.spark = spark;
    this.store = store;
    this.runId = runId;
    this.data = data;
  }

  /**
   * Reads all sources, as a new version of the examples table.
   *
   * @return what was found; not yet checked
   */
  public Inventory run(Map<SourceRole, ImageSource> sources, Console console) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    try (JobProgress progress =
        new JobProgress(spark.sparkContext(), console.start("ingest", " images", -1))) {
      return run(context, sources, hadoop, progress.counter());
    } finally {
      hadoop.destroy();
    }
  }

  private Inventory run(
      JavaSparkContext context,
      Map<SourceRole, ImageSource> sources,
      Broadcast<SerializableConfiguration> hadoop,
      LongAccumulator done) {
    context.setJobDescription("ingest");
    ImageDecoder decoder = ImageDecoder.of(data);
    ShardWriter writer = new ShardWriter(store.run(runId), new Intake(decoder, hadoop), done);
    JavaRDD<Row> examples =
        SourceImages.byShard(context, sources, data.shards(), hadoop)
            .mapPartitionsWithIndex(writer::write, true);
    spark
        .createDataFrame(examples, EXAMPLE)
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .partitionBy("shard")
        // Least and greatest values say nothing where a hash lays the images out.
        .option("delta.dataSkippingNumIndexedCols", 0)
        .save(store.examples());
    JavaRDD<Integer> shards = context.parallelize(shardNumbers(), data.shards());
    Inventory inventory = shards.map(writer::inventory).reduce(Inventory::merge);
    if (inventory.rejected() > 0) {
      quarantine(shards.flatMap(shard -> writer.rejected(shard).iterator()));
    }
    return inventory;
  }

  private void quarantine(JavaRDD<Rejected> rejected) {
    Timestamp now = Timestamp.from(Instant.now());
    String run = runId;
    JavaRDD<Row> rows =
        rejected.map(r -> RowFactory.create(r.location(), r.role().text(), r.reason(), run, now));
    spark
        .createDataFrame(rows, QUARANTINED)
        .coalesce(1)
        .write()
        .format("delta")
        .mode(SaveMode.Append)
        .save(store.quarantine());
  }

  private List<Integer> shardNumbers() {
    List<Integer> shards = new ArrayList<>();
    for (int shard = 0; shard < data.shards(); shard++) {
      shards.add(shard);
    }
    return shards;
  }
}
