package io.syllabus.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.cycle.Model;
import io.syllabus.data.Split;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.select.ExactPercentile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoringTest {
  @TempDir private static Path folder;
  private static TestRun run;
  private static NetworkSnapshot network;

  @BeforeAll
  static void ingest() throws IOException {
    run = TestRun.in(folder);
    network = run.freshNetwork();
  }

  @Test
  void givesEveryPoolImageTheSameScoreWhateverTheNumberOfWorkers() {
    List<Score> byOne = scores(1);

    assertThat(byOne).hasSize(30).doesNotHaveDuplicates();
    assertThat(scores(2)).isEqualTo(byOne);
    assertThat(scores(3)).isEqualTo(byOne);
  }

  @Test
  void findsTheThresholdThatCollectedConfidencesGive() {
    double[] sorted =
        scores(2).stream().mapToDouble(score -> score.prediction().confidence()).sorted().toArray();
    try (Shares shares = run.shares(2);
        PoolScores pool = pool(shares)) {
      ExactPercentile percentile = new ExactPercentile(pool.confidences());

      assertThat(percentile.total()).isEqualTo(30);
      assertThat(percentile.of(0)).isEqualTo(sorted[0]);
      assertThat(percentile.of(100)).isEqualTo(sorted[29]);
      // 50 percent of 29 steps are 14.5: halfway between two confidences.
      assertThat(percentile.of(50)).isEqualTo(sorted[15] - (sorted[15] - sorted[14]) * 0.5);
    }
  }

  @Test
  void keepsWhatReachesTheThreshold() {
    List<Score> all = scores(2);
    try (Shares shares = run.shares(2);
        PoolScores pool = pool(shares)) {
      double threshold = all.get(11).prediction().confidence();
      List<Score> expected =
          all.stream().filter(score -> score.prediction().confidence() >= threshold).toList();

      assertThat(pool.selected(threshold).collect())
          .containsExactlyInAnyOrderElementsOf(
              expected.stream()
                  .map(s -> new PseudoLabel(s.shard(), s.id(), s.prediction().label()))
                  .toList());
      PoolScores.Tally tally = pool.tally(threshold);
      assertThat(tally.selected()).isEqualTo(expected.size()).isBetween(1L, 29L);
      assertThat(tally.known()).isEqualTo(expected.size());
      assertThat(tally.right()).isEqualTo(expected.stream().filter(Score::isRight).count());
    }
  }

  @Test
  void scoresThePoolOnceForAllThatReadsIt() {
    LongAccumulator scored = LocalSpark.session().sparkContext().longAccumulator();
    try (Shares shares = run.shares(2);
        PoolScores pool =
            new PoolScores(LocalSpark.session(), run.scoring(shares), network, scored)) {
      double threshold = new ExactPercentile(pool.confidences()).of(40);
      pool.tally(threshold);
      pool.selected(threshold).count();
      pool.write(run.run().scores(), 1, new Model("m", "c"), threshold, run.inventory().classes());
    }
    assertThat(scored.value()).isEqualTo(30);
  }

  @Test
  void measuresNoAccuracyWithoutImages() {
    try (Shares shares = run.shares(2)) {
      assertThat(run.scoring(shares).accuracy(network, Split.UNUSED)).isEmpty();
      assertThat(run.scoring(shares).accuracy(network, Split.TEST)).isPresent();
    }
  }

  private static PoolScores pool(Shares shares) {
    return new PoolScores(
        LocalSpark.session(),
        run.scoring(shares),
        network,
        LocalSpark.session().sparkContext().longAccumulator());
  }

  private static List<Score> scores(int workers) {
    Broadcast<NetworkSnapshot> shipped = LocalSpark.context().broadcast(network);
    try (Shares shares = run.shares(workers)) {
      return run.scoring(shares).scores(shipped, Split.POOL, Optional.empty()).collect().stream()
          .sorted(Comparator.comparing(Score::id))
          .toList();
    } finally {
      shipped.destroy();
    }
  }
}
