package io.syllabus.spark.shard;

import io.syllabus.data.SourceRole;
import io.syllabus.data.Split;
import io.syllabus.store.Store;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** The workers' shares of a run's images: equal numbers of neighbouring shards each. */
public final class Shares implements AutoCloseable {
  private final JavaRDD<ShardExamples> shards;
  private final ExampleKey.ByShard partitioner;
  private final Sharding sharding;

  private Shares(JavaRDD<ShardExamples> shards, ExampleKey.ByShard partitioner, Sharding sharding) {
    this.shards = shards;
    this.partitioner = partitioner;
    this.sharding = sharding;
  }

  /**
   * Joins the run's split with the index of the pixel files, shard by shard.
   *
   * @param classes class names in the order of their labels
   * @param workers partitions of the result
   * @param hadoop to be kept until the shares are closed
   */
  public static Shares of(
      SparkSession spark,
      Store.Run run,
      Sharding sharding,
      int imageSize,
      List<String> classes,
      int workers,
      Broadcast<SerializableConfiguration> hadoop) {
    Map<String, Integer> labels = labels(classes);
    ExampleKey.ByShard partitioner = new ExampleKey.ByShard(sharding, workers);
    JavaRDD<ShardExamples> shards =
        spark
            .read()
            .format("delta")
            .load(run.split())
            .select("shard", "role", "id", "split", "truth")
            .javaRDD()
            .mapToPair(row -> new Tuple2<>(key(row), Use.of(row, labels)))
            .repartitionAndSortWithinPartitions(partitioner)
            .mapPartitions(
                rows -> new Join(rows, run, imageSize, hadoop.value().value()).shards().iterator(),
                true);
    return new Shares(shards.persist(StorageLevel.MEMORY_AND_DISK()), partitioner, sharding);
  }

  /** Workers that have a share each. */
  public int workers() {
    return shards.getNumPartitions();
  }

  /** One partition a worker, its shards in order. */
  public JavaRDD<ShardExamples> shards() {
    return shards;
  }

  /**
   * Brings labels of pool images to the workers that have the images.
   *
   * @param labels by id
   */
  public JavaRDD<PseudoLabel> distribute(JavaPairRDD<String, Integer> labels) {
    Sharding shardingOfRun = sharding;
    return labels
        .mapToPair(
            label ->
                new Tuple2<>(
                    // The worker does not depend on the batch.
                    ExampleKey.of(SourceRole.UNLABELED, label._1(), shardingOfRun, 0), label._2()))
        .partitionBy(partitioner)
        .map(label -> new PseudoLabel(label._1().shard(), label._1().id(), label._2()));
  }

  @Override
  public void close() {
    shards.unpersist(false);
  }

  private static Map<String, Integer> labels(List<String> classes) {
    Map<String, Integer> labels = new HashMap<>();
    for (String name : classes) {
      labels.put(name, labels.size());
    }
    return labels;
  }

  private static ExampleKey key(Row row) {
    return new ExampleKey(row.getInt(0), SourceRole.of(row.getString(1)), row.getString(2));
  }

  /**
   * What an image is used for; truth is UNKNOWN without a class, FOREIGN where that is no label.
   */
  private record Use(Split split, int truth) implements Serializable {
    static Use of(Row row, Map<String, Integer> labels) {
      int truth =
          row.isNullAt(4)
              ? ShardExamples.UNKNOWN
              : labels.getOrDefault(row.getString(4), ShardExamples.FOREIGN);
      return new Use(Split.of(row.getString(3)), truth);
    }
  }

  /** Joins sorted rows of the split with the pixel files, by id, one shard at a time. */
  private static final class Join {
    private final Iterator<Tuple2<ExampleKey, Use>> rows;
    private final Store.Run run;
    private final int imageSize;
    private final Configuration hadoop;
    private final List<ShardExamples> shards = new ArrayList<>();
    private ShardExamples shard;
    private int shardNumber = -1;
    private Map<ExampleKey, Integer> records = Map.of();

    Join(
        Iterator<Tuple2<ExampleKey, Use>> rows,
        Store.Run run,
        int imageSize,
        Configuration hadoop) {
      this.rows = rows;
      this.run = run;
      this.imageSize = imageSize;
      this.hadoop = hadoop;
    }

    List<ShardExamples> shards() {
      while (rows.hasNext()) {
        Tuple2<ExampleKey, Use> row = rows.next();
        if (row._1().shard() != shardNumber) {
          open(row._1().shard());
        }
        if (row._2().split() != Split.UNUSED) {
          shard.add(example(row._1(), row._2()));
        }
      }
      return shards;
    }

    private ShardExamples.Row example(ExampleKey key, Use use) {
      Integer record = records.get(key);
      if (record == null) {
        throw new IllegalStateException(
            "The pixels of " + key.id() + " are missing: " + run.pixels() + " was changed");
      }
      return new ShardExamples.Row(key.id(), record, use.split(), use.truth());
    }

    private void open(int number) {
      PixelFile pixels = PixelFile.of(run, number, imageSize);
      shardNumber = number;
      shard = new ShardExamples(pixels);
      shards.add(shard);
      records = new HashMap<>();
      try {
        for (PixelFile.Entry entry : pixels.entries(hadoop)) {
          records.put(entry.key(), records.size());
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read the index of " + pixels.path(), e);
      }
    }
  }
}
