package io.syllabus.spark.ingest;

import io.delta.tables.DeltaTable;
import io.syllabus.Text;
import io.syllabus.config.DataSettings;
import io.syllabus.data.ImageDecoder;
import io.syllabus.data.ImageSource;
import io.syllabus.data.Inventory;
import io.syllabus.data.Rejected;
import io.syllabus.data.SourceRole;
import io.syllabus.report.Console;
import io.syllabus.spark.session.JobProgress;
import io.syllabus.spark.shard.Sharding;
import io.syllabus.spark.table.StoredTable;
import io.syllabus.store.Store;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
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
 * and its bytes move once: to the shard that a hash of its id and its batch name. An ingest of many
 * parts has up to 16 batches, each of which is there as a whole or not at all.
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
          .add("size", DataTypes.LongType, false)
          .add("modified", DataTypes.LongType, false)
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
  private final Store.Run run;
  private final String runId;
  private final DataSettings data;

  /**
   * What an ingest came to.
   *
   * @param inventory of all batches; not yet checked
   * @param batches that it took
   * @param version of the examples table
   */
  public record Result(Inventory inventory, int batches, long version) {}

  public Ingest(SparkSession spark, Store store, String runId, DataSettings data) {
    this.spark = spark;
    this.store = store;
    this.run = store.run(runId);
    this.runId = runId;
    this.data = data;
  }

  /**
   * Reads all sources, as a new version of the examples table, or what an ingest of the same run
   * that was cut off has left of them.
   */
  public Result run(Map<SourceRole, ImageSource> sources, Console console) throws IOException {
    int slots = spark.sparkContext().defaultParallelism();
    return run(sources, IngestPlan.partsABatch(sources, slots), console);
  }

  /**
   * Reads all sources.
   *
   * @param partsABatch how many parts of sources a batch takes
   */
  Result run(Map<SourceRole, ImageSource> sources, int partsABatch, Console console)
      throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Configuration files = context.hadoopConfiguration();
    Optional<IngestPlan> begun = IngestPlan.read(run.ingestPlan(), files);
    IngestPlan plan = begun.orElseGet(() -> IngestPlan.of(sources, partsABatch));
    if (begun.isEmpty()) {
      plan.write(run.ingestPlan(), files);
    }
    int done = begun.isEmpty() ? 0 : plan.batchesDone(lastCommit().map(Commit::mark));
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(files));
    try (JobProgress progress =
        new JobProgress(spark.sparkContext(), console.start("ingest", " images", -1))) {
      Batches batches = new Batches(context, plan, hadoop, progress.counter());
      for (int batch = done; batch < plan.batches().size(); batch++) {
        batches.ingest(batch);
      }
      Inventory inventory = batches.inventory();
      return new Result(
          inventory, plan.batches().size(), lastCommit().map(Commit::version).orElse(0L));
    } finally {
      hadoop.destroy();
    }
  }

  /**
   * The last commit to the examples table.
   *
   * @param mark what it was marked with; empty for nothing
   */
  private record Commit(long version, String mark) {}

  private Optional<Commit> lastCommit() {
    if (!new StoredTable(spark, store.examples()).exists()) {
      return Optional.empty();
    }
    Row last =
        DeltaTable.forPath(spark, store.examples())
            .history(1)
            .select("version", "userMetadata")
            .first();
    return Optional.of(new Commit(last.getLong(0), last.isNullAt(1) ? "" : last.getString(1)));
  }

  /** The batches of an ingest, each a transaction of its own. */
  private final class Batches {
    private final JavaSparkContext context;
    private final IngestPlan plan;
    private final Sharding sharding;
    private final Broadcast<SerializableConfiguration> hadoop;
    private final ShardWriter writer;

    Batches(
        JavaSparkContext context,
        IngestPlan plan,
        Broadcast<SerializableConfiguration> hadoop,
        LongAccumulator done) {
      this.context = context;
      this.plan = plan;
      this.sharding = new Sharding(data.shards(), plan.batches().size());
      this.hadoop = hadoop;
      this.writer = new ShardWriter(run, new Intake(ImageDecoder.of(data), hadoop), done);
    }

    void ingest(int batch) {
      context.setJobDescription(
          Text.format("ingest: batch %d of %d", batch + 1, plan.batches().size()));
      ShardWriter shardWriter = writer;
      int batches = sharding.batches();
      JavaRDD<Row> examples =
          SourceImages.byShard(context, plan.batches().get(batch), sharding, batch, hadoop)
              .mapPartitionsWithIndex(
                  (hash, images) -> shardWriter.write(hash * batches + batch, images), true);
      spark
          .createDataFrame(examples, EXAMPLE)
          .write()
          .format("delta")
          .mode(batch == 0 ? SaveMode.Overwrite : SaveMode.Append)
          .partitionBy("shard")
          .option("userMetadata", plan.mark(batch))
          // Least and greatest values say nothing where a hash lays the images out.
          .option("delta.dataSkippingNumIndexedCols", 0)
          .save(store.examples());
    }

    Inventory inventory() {
      ShardWriter shardWriter = writer;
      List<Integer> numbers = IntStream.range(0, sharding.shards()).boxed().toList();
      JavaRDD<Integer> shards = context.parallelize(numbers, data.shards());
      Inventory inventory = shards.map(shardWriter::inventory).reduce(Inventory::merge);
      if (inventory.rejected() > 0) {
        quarantine(shards.flatMap(shard -> shardWriter.rejected(shard).iterator()));
      }
      return inventory;
    }
  }

  private void quarantine(JavaRDD<Rejected> rejected) {
    Timestamp now = Timestamp.from(Instant.now());
    String runOfRows = runId;
    JavaRDD<Row> rows =
        rejected.map(
            r -> RowFactory.create(r.location(), r.role().text(), r.reason(), runOfRows, now));
    spark
        .createDataFrame(rows, QUARANTINED)
        .coalesce(1)
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        // What an ingest that was cut off found is replaced, what other runs found stays.
        .option("replaceWhere", Text.format("run = '%s'", runId))
        .save(store.quarantine());
  }
}
