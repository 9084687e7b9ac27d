package io.syllabus.spark.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.data.Split;
import io.syllabus.network.Prediction;
import io.syllabus.spark.shard.PixelFile;
import io.syllabus.spark.shard.ShardExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.collections4.IteratorUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoredSlicesTest {
  @TempDir private Path folder;
  private final List<String> scored = new ArrayList<>();
  private final LongAccumulator done = new LongAccumulator();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 100})
  void givesEveryPoolImageItsScoreInOrder(int pool) throws IOException {
    List<Score> scores = IteratorUtils.toList(slices(pool));
    assertThat(scores).extracting(Score::id).isEqualTo(ids(pool)).isEqualTo(scored);
    scored.clear();
    assertThat(IteratorUtils.toList(slices(pool))).isEqualTo(scores);
    assertThat(scored).as("scored again").isEmpty();
    assertThat(done.sum()).as("counted as scored before").isEqualTo(pool);
  }

  @Test
  void scoresOnlyTheSlicesThatHaveNoFile() throws IOException {
    List<Score> scores = IteratorUtils.toList(slices(100));
    Files.delete(folder.resolve("worker-00003-05"));
    Files.delete(folder.resolve("worker-00003-15"));
    scored.clear();
    assertThat(IteratorUtils.toList(slices(100))).isEqualTo(scores);
    // 100·5/16 = 31, 100·6/16 = 37, 100·15/16 = 93.
    List<String> expected = new ArrayList<>(ids(100).subList(31, 37));
    expected.addAll(ids(100).subList(93, 100));
    assertThat(scored).isEqualTo(expected);
  }

  @Test
  void losesOneSliceAtMostWhereItIsCutOff() throws IOException {
    Iterator<Score> cutOff = slices(160);
    for (int i = 0; i < 75; i++) {
      cutOff.next();
    }
    scored.clear();
    assertThat(IteratorUtils.toList(slices(160))).hasSize(160);
    assertThat(scored).isEqualTo(ids(160).subList(80, 160));
  }

  @Test
  void leavesNoHalfOfAFile() throws IOException {
    Iterator<Score> failing =
        new ScoredSlices(
            folder.resolve("worker-00003").toString(),
            ScoredSlices.sliced(shards(32).iterator()),
            images -> failingAfter(5, scorer(images)),
            done,
            new Configuration());
    assertThatThrownBy(() -> IteratorUtils.toList(failing)).hasMessage("out of power");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("worker-00003-00", "worker-00003-01");
    }
  }

  private static Iterator<Score> failingAfter(int count, Iterator<Score> scores) {
    int[] left = {count};
    return IteratorUtils.transformedIterator(
        scores,
        score -> {
          if (left[0]-- == 0) {
            throw new IllegalStateException("out of power");
          }
          return score;
        });
  }

  private ScoredSlices slices(int pool) throws IOException {
    return new ScoredSlices(
        folder.resolve("worker-00003").toString(),
        ScoredSlices.sliced(shards(pool).iterator()),
        this::scorer,
        done,
        new Configuration());
  }

  // Two shards whose pool images have others among them.
  private List<ShardExamples> shards(int pool) {
    List<ShardExamples> shards = new ArrayList<>();
    for (int shard = 0; shard < 2; shard++) {
      ShardExamples examples = new ShardExamples(new PixelFile(shard, "none-" + shard, 192));
      for (int i = shard * pool / 3; i < (shard == 0 ? pool / 3 : pool); i++) {
        examples.add(new ShardExamples.Row("labeled-" + i, 2 * i, Split.LABELED, 0));
        examples.add(new ShardExamples.Row(ids(pool).get(i), 2 * i + 1, Split.POOL, i % 3));
      }
      shards.add(examples);
    }
    return shards;
  }

  private Iterator<Score> scorer(Iterator<ShardExamples> shards) {
    List<Iterator<? extends Score>> scores = new ArrayList<>();
    shards.forEachRemaining(
        shard ->
            scores.add(
                IteratorUtils.transformedIterator(
                    shard.rows(Split.POOL).iterator(),
                    row -> {
                      scored.add(row.id());
                      float confidence = 0.5f + row.record() / 1000f;
                      return new Score(
                          shard.pixels().shard(),
                          row.id(),
                          row.truth(),
                          new Prediction(1, confidence, 2, confidence / 2, 1 - confidence));
                    })));
    return IteratorUtils.chainedIterator(scores);
  }

  private static List<String> ids(int pool) {
    return Stream.iterate(0, i -> i + 1)
        .limit(pool)
        .map(i -> String.format("pool/%03d.png", i))
        .toList();
  }
}
