package io.syllabus.spark;

import io.syllabus.Seeds;
import io.syllabus.data.SourceRole;
import java.io.Serializable;
import java.util.Comparator;
import org.apache.spark.Partitioner;

/**
 * Names one image of a run: ids are unique within a source, not across them. Sorted by shard, role
 * and id, which is the order of the records in a {@link PixelFile}.
 */
record ExampleKey(int shard, SourceRole role, String id)
    implements Comparable<ExampleKey>, Serializable {
  private static final Comparator<ExampleKey> ORDER =
      Comparator.comparingInt(ExampleKey::shard)
          .thenComparing(ExampleKey::role)
          .thenComparing(ExampleKey::id);

  static ExampleKey of(SourceRole role, String id, int shards) {
    return new ExampleKey(Math.floorMod(Seeds.hash(id), shards), role, id);
  }

  @Override
  public int compareTo(ExampleKey other) {
    return ORDER.compare(this, other);
  }

  /** Sends equal numbers of neighbouring shards to each partition. */
  static final class ByShard extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int shards;
    private final int partitions;

    ByShard(int shards, int partitions) {
      this.shards = shards;
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      return (int) ((long) ((ExampleKey) key).shard() * partitions / shards);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByShard that
          && that.shards == shards
          && that.partitions == partitions;
    }

    @Override
    public int hashCode() {
      return 31 * shards + partitions;
    }
  }
}
