package io.syllabus.spark.ingest;

import io.syllabus.data.ImageEntry;
import io.syllabus.data.ImageSource;
import io.syllabus.data.SourceRole;
import io.syllabus.spark.shard.ExampleKey;
import io.syllabus.spark.shard.Sharding;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** The images of sources, read in parallel: a partition a shard, sorted by role and id. */
public final class SourceImages {
  private SourceImages() {}

  /** The images of a whole source, a partition a shard. */
  public static JavaPairRDD<ExampleKey, ImageEntry> byShard(
      JavaSparkContext context,
      SourceRole role,
      ImageSource source,
      int shards,
      Broadcast<SerializableConfiguration> hadoop) {
    List<RolePart> parts = source.parts().stream().map(part -> new RolePart(role, part)).toList();
    return byShard(context, parts, new Sharding(shards, 1), 0, hadoop);
  }

  /**
   * Lists a batch part by part, and sends every image to the shard that a hash of its id names:
   * with its bytes where they come out of a tar, by its path where it is a file.
   */
  static JavaPairRDD<ExampleKey, ImageEntry> byShard(
      JavaSparkContext context,
      List<RolePart> parts,
      Sharding sharding,
      int batch,
      Broadcast<SerializableConfiguration> hadoop) {
    JavaRDD<SourceEntry> entries =
        context
            .parallelize(parts, Math.max(1, parts.size()))
            .flatMap(part -> part.open(hadoop.value().value()));
    return entries
        .mapToPair(
            entry ->
                new Tuple2<>(
                    ExampleKey.of(entry.role(), entry.image().id(), sharding, batch),
                    entry.image()))
        .repartitionAndSortWithinPartitions(new ExampleKey.ByShard(sharding, sharding.hashes()));
  }
}
