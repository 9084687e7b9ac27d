package io.syllabus.spark.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.data.SourceRole;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExampleKeyTest {
  @Test
  void sendsEqualNumbersOfNeighbouringShardsToEachPartition() {
    assertThat(partitions(8, 4)).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
    assertThat(partitions(5, 2)).containsExactly(0, 0, 0, 1, 1);
    assertThat(partitions(3, 1)).containsExactly(0, 0, 0);
    assertThat(partitions(65_536, 4096)).startsWith(0).endsWith(4095);
  }

  private static List<Integer> partitions(int shards, int partitions) {
    ExampleKey.ByShard byShard = new ExampleKey.ByShard(new Sharding(shards, 1), partitions);
    assertThat(byShard.numPartitions()).isEqualTo(partitions);
    return IntStream.range(0, shards)
        .mapToObj(shard -> byShard.getPartition(new ExampleKey(shard, SourceRole.LABELED, "a")))
        .toList();
  }

  @Test
  void keepsAnImageInItsShardWhateverItIsUsedFor() {
    for (SourceRole role : SourceRole.values()) {
      assertThat(ExampleKey.of(role, "cat/1.png", new Sharding(1000, 1), 0).shard()).isEqualTo(272);
    }
  }

  @Test
  void spreadsImagesOverAllShards() {
    List<Integer> shards =
        IntStream.range(0, 1000)
            .mapToObj(i -> new Sharding(4, 1).shard("photos/" + i + ".jpg", 0))
            .toList();

    for (int shard = 0; shard < 4; shard++) {
      int wanted = shard;
      assertThat(shards.stream().filter(found -> found == wanted).count()).isBetween(200L, 300L);
    }
  }

  @Test
  void givesEachBatchShardsOfItsOwnOnTheWorkerOfTheHash() {
    Sharding sharding = new Sharding(10, 3);
    assertThat(sharding.shards()).isEqualTo(30);
    ExampleKey.ByShard byWorker = new ExampleKey.ByShard(sharding, 4);
    for (int i = 0; i < 100; i++) {
      String id = "photos/" + i + ".jpg";
      int hash = new Sharding(10, 1).shard(id, 0);
      for (int batch = 0; batch < 3; batch++) {
        ExampleKey key = ExampleKey.of(SourceRole.UNLABELED, id, sharding, batch);
        assertThat(key.shard()).isEqualTo(3 * hash + batch);
        assertThat(byWorker.getPartition(key)).isEqualTo(hash * 4 / 10);
      }
    }
  }

  @Test
  void sortsByShardThenRoleThenId() {
    ExampleKey first = new ExampleKey(0, SourceRole.UNLABELED, "b");
    ExampleKey second = new ExampleKey(1, SourceRole.LABELED, "b");
    ExampleKey third = new ExampleKey(1, SourceRole.UNLABELED, "a");
    ExampleKey fourth = new ExampleKey(1, SourceRole.UNLABELED, "b");

    assertThat(List.of(fourth, second, third, first).stream().sorted())
        .containsExactly(first, second, third, fourth);
  }
}
