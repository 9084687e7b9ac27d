package io.syllabus.spark;

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
    ExampleKey.ByShard byShard = new ExampleKey.ByShard(shards, partitions);
    assertThat(byShard.numPartitions()).isEqualTo(partitions);
    return IntStream.range(0, shards)
        .mapToObj(shard -> byShard.getPartition(new ExampleKey(shard, SourceRole.LABELED, "a")))
        .toList();
  }

  @Test
  void keepsAnImageInItsShardWhateverItIsUsedFor() {
    for (SourceRole role : SourceRole.values()) {
      assertThat(ExampleKey.of(role, "cat/1.png", 1000).shard()).isEqualTo(272);
    }
  }

  @Test
  void spreadsImagesOverAllShards() {
    List<Integer> shards =
        IntStream.range(0, 1000)
            .mapToObj(i -> ExampleKey.of(SourceRole.UNLABELED, "photos/" + i + ".jpg", 4).shard())
            .toList();

    for (int shard = 0; shard < 4; shard++) {
      int wanted = shard;
      assertThat(shards.stream().filter(found -> found == wanted).count()).isBetween(200L, 300L);
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
