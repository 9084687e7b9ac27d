package io.syllabus.spark.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.CurriculumSettings.Confidence;
import io.syllabus.cycle.Calibration;
import io.syllabus.cycle.Model;
import io.syllabus.data.Split;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.select.ExactPercentile;
import io.syllabus.select.Thresholds;
import io.syllabus.spark.LocalSpark;
import io.syllabus.spark.TestRun;
import io.syllabus.spark.shard.PseudoLabel;
import io.syllabus.spark.shard.Shares;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scala.Tuple2;

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
        SplitScores pool = pool(shares)) {
      ExactPercentile percentile = new ExactPercentile(pool.confidences().together());

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
        SplitScores pool = pool(shares)) {
      double threshold = all.get(11).prediction().confidence();
      List<Score> expected =
          all.stream().filter(score -> score.prediction().confidence() >= threshold).toList();

      Thresholds thresholds = Thresholds.uniform(threshold, run.classes());
      assertThat(pool.selected(thresholds).collect())
          .containsExactlyInAnyOrderElementsOf(
              expected.stream()
                  .map(s -> new PseudoLabel(s.shard(), s.id(), s.prediction().label()))
                  .toList());
      MeasuredScores.Tally tally = pool.tally(thresholds);
      assertThat(tally.selected()).isEqualTo(expected.size()).isBetween(1L, 29L);
      assertThat(tally.known()).isEqualTo(expected.size());
      assertThat(tally.right()).isEqualTo(expected.stream().filter(Score::isRight).count());
    }
  }

  @Test
  void scoresThePoolOnceForAllThatReadsIt() {
    LongAccumulator scored = LocalSpark.session().sparkContext().longAccumulator();
    try (Shares shares = run.shares(2);
        SplitScores pool = pool(shares, Confidence.PROBABILITY, Optional.empty(), scored)) {
      double threshold = new ExactPercentile(pool.confidences().together()).of(40);
      Thresholds thresholds = Thresholds.uniform(threshold, run.classes());
      pool.tally(thresholds);
      pool.selected(thresholds).count();
      pool.write(run.run().scores(), 1, new Model("m", "c"), thresholds, run.inventory().classes());
    }
    assertThat(scored.value()).isEqualTo(30);
  }

  @ParameterizedTest
  @EnumSource
  void takesForConfidenceWhatItIsTold(Confidence confidence) {
    double[] sorted =
        scores(2).stream().mapToDouble(score -> measured(score, confidence)).sorted().toArray();
    LongAccumulator scored = LocalSpark.session().sparkContext().longAccumulator();
    try (Shares shares = run.shares(2);
        SplitScores pool = pool(shares, confidence, Optional.empty(), scored)) {
      ExactPercentile percentile = new ExactPercentile(pool.confidences().together());
      assertThat(percentile.of(0)).isCloseTo(sorted[0], within(1e-6));
      assertThat(percentile.of(100)).isCloseTo(sorted[29], within(1e-6));
      Thresholds half = Thresholds.uniform(percentile.of(50), run.classes());
      assertThat(pool.tally(half).selected()).isEqualTo(15);
    }
  }

  private static double measured(Score score, Confidence confidence) {
    return switch (confidence) {
      case PROBABILITY -> score.prediction().confidence();
      case MARGIN -> score.prediction().margin();
      case ENTROPY -> 1 - score.prediction().entropy() / Math.log(run.classes());
    };
  }

  @Test
  void selectsByTheThresholdOfTheLabel() {
    List<Score> all = scores(2);
    List<Double> byLabel = new ArrayList<>(Collections.nCopies(run.classes(), 2.0));
    int common = all.get(0).prediction().label();
    byLabel.set(common, 0.0);
    try (Shares shares = run.shares(2);
        SplitScores pool = pool(shares)) {
      assertThat(pool.selected(Thresholds.of(byLabel)).map(PseudoLabel::id).collect())
          .containsExactlyInAnyOrderElementsOf(
              all.stream()
                  .filter(score -> score.prediction().label() == common)
                  .map(Score::id)
                  .toList());
    }
  }

  @Test
  void keepsLabelsThatStayWhateverTheConfidence() {
    Score first = scores(2).get(0);
    int other = (first.prediction().label() + 1) % run.classes();
    LongAccumulator scored = LocalSpark.session().sparkContext().longAccumulator();
    try (Shares shares = run.shares(2);
        SplitScores pool =
            pool(
                shares,
                Confidence.PROBABILITY,
                Optional.of(
                    shares.distribute(
                        LocalSpark.context()
                            .parallelizePairs(List.of(new Tuple2<>(first.id(), other))))),
                scored)) {
      Thresholds none = Thresholds.uniform(2, run.classes());
      assertThat(pool.selected(none).collect())
          .containsExactly(new PseudoLabel(first.shard(), first.id(), other));
      assertThat(pool.tally(none).selected()).isEqualTo(1);
    }
  }

  @Test
  void calibratesOnTheValidationImages() {
    try (Shares shares = run.shares(2)) {
      Calibration calibration = run.scoring(shares).calibrate(network);
      assertThat(calibration.temperature()).isBetween(0.05, 20.0);
      assertThat(calibration.errorBefore()).isBetween(0.0, 1.0);
      assertThat(calibration.errorAfter()).isBetween(0.0, 1.0);
      assertThat(run.scoring(shares).calibrate(network)).isEqualTo(calibration);
    }
  }

  @Test
  void aTemperatureSoftensConfidencesAndKeepsLabels() {
    List<Score> plain = scores(2);
    Broadcast<NetworkSnapshot> shipped = LocalSpark.context().broadcast(network);
    try (Shares shares = run.shares(2)) {
      List<Score> soft =
          run.scoring(shares).scores(shipped, Split.POOL, 3).collect().stream()
              .sorted(Comparator.comparing(Score::id))
              .toList();
      for (int i = 0; i < plain.size(); i++) {
        assertThat(soft.get(i).prediction().label()).isEqualTo(plain.get(i).prediction().label());
        assertThat(soft.get(i).prediction().confidence())
            .isLessThan(plain.get(i).prediction().confidence());
      }
    } finally {
      shipped.destroy();
    }
  }

  @Test
  void measuresNoAccuracyWithoutImages() {
    try (Shares shares = run.shares(2)) {
      assertThat(run.scoring(shares).accuracy(network, Split.UNUSED)).isEmpty();
      assertThat(run.scoring(shares).accuracy(network, Split.TEST)).isPresent();
    }
  }

  private static SplitScores pool(Shares shares) {
    return pool(
        shares,
        Confidence.PROBABILITY,
        Optional.empty(),
        LocalSpark.session().sparkContext().longAccumulator());
  }

  private static SplitScores pool(
      Shares shares,
      Confidence confidence,
      Optional<JavaRDD<PseudoLabel>> kept,
      LongAccumulator scored) {
    return SplitScores.ofPool(
        LocalSpark.session(),
        run.scoring(shares),
        network,
        confidence,
        run.classes(),
        1,
        kept,
        folder.resolve("scored-" + UUID.randomUUID()).toString(),
        scored);
  }

  private static List<Score> scores(int workers) {
    Broadcast<NetworkSnapshot> shipped = LocalSpark.context().broadcast(network);
    try (Shares shares = run.shares(workers)) {
      return run.scoring(shares).scores(shipped, Split.POOL, 1).collect().stream()
          .sorted(Comparator.comparing(Score::id))
          .toList();
    } finally {
      shipped.destroy();
    }
  }
}
