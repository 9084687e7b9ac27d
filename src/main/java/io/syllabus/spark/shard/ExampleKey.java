package io.syllabus.spark.shard;

import io.syllabus.data.SourceRole;
import java.io.Serializable;
import java.util.Comparator;
import org.apache.spark.Partitioner;

/**
 * Names one image of a run: ids are unique within a source, not across them. Sorted by shard, role
 * and id, which is the order of the records in a {@link PixelFile}.
 */
public record ExampleKey(int shard, SourceRole role, String id)
    implements Comparable<ExampleKey>, Serializable {
  private static final Comparator<ExampleKey> ORDER =
      Comparator.comparingInt(ExampleKey::shard)
          .thenComparing(ExampleKey::role)
          .thenComparing(ExampleKey::id);

  /** The key of an image that a batch of the ingest brings. */
  public static ExampleKey of(SourceRole role, String id, Sharding sharding, int batch) {
    return new ExampleKey(sharding.shard(id, batch), role, id);
  }

  @Override
  public int compareTo(ExampleKey other) {
    return ORDER.compare(this, other);
  }

  /** Sends equal numbers of neighbouring hashes to each partition. */
  public static final class ByShard extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final Sharding sharding;
    private final int partitions;

    public ByShard(Sharding sharding, int partitions) {
      this.sharding = sharding;
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      return sharding.partition(((ExampleKey) key).shard(), partitions);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByShard that
          && that.sharding.equals(sharding)
          && that.partitions == partitions;
    }

    @Override
    public int hashCode() {
      return 31 * sharding.hashCode() + partitions;
    }
  }
}
