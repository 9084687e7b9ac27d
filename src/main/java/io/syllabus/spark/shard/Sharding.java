package io.syllabus.spark.shard;

import io.syllabus.Seeds;
import java.io.Serializable;

/**
 * Where a run's images lie: their shards are named by a hash of the image's id, and by the batch of
 * the ingest that took it.
 *
 * @param hashes how many values the hash has
 * @param batches of the ingest
 */
public record Sharding(int hashes, int batches) implements Serializable {

  /** The shard of an image. */
  public int shard(String id, int batch) {
    return Math.floorMod(Seeds.hash(id), hashes) * batches + batch;
  }

  /** How many shards there are. */
  public int shards() {
    return hashes * batches;
  }

  /** The partition that a shard goes to: each gets equal numbers of neighbouring hashes. */
  int partition(int shard, int partitions) {
    return (int) ((long) (shard / batches) * partitions / hashes);
  }
}
