package io.syllabus.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.config.TrainingSettings.ClassWeights;
import io.syllabus.data.Split;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.spark.LocalSpark;
import io.syllabus.spark.TestRun;
import io.syllabus.spark.shard.PseudoLabel;
import io.syllabus.spark.shard.Shares;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingSetTest {
  @TempDir private static Path folder;
  private static TestRun run;

  @BeforeAll
  static void ingest() throws IOException {
    run = TestRun.in(folder);
  }

  @Test
  void holdsTheTrueLabelsAlone() {
    try (Shares shares = run.shares(2);
        TrainingSet set = TrainingSet.labeledOnly(shares, 11)) {
      assertThat(set.workers()).isEqualTo(2);
      assertThat(set.examples()).isEqualTo(30);
      assertThat(set.smallestShare()).isBetween(1, 15);
      // Three images of each of ten classes: (30 - 3) / 3; the eleventh class has none.
      assertThat(set.classWeights(ClassWeights.BALANCED))
          .containsExactly(9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 0);
      assertThat(set.classWeights(ClassWeights.NONE)).hasSize(11).containsOnly(1);
    }
  }

  @Test
  void addsThePseudoLabels() {
    Broadcast<NetworkSnapshot> network = LocalSpark.context().broadcast(run.freshNetwork());
    try (Shares shares = run.shares(2);
        TrainingSet set = TrainingSet.of(shares, allFirstClass(shares, network), 10)) {
      assertThat(set.examples()).isEqualTo(60);
      // The first class has 3 labels and 30 pseudo-labels: (60 - 33) / 33; others (60 - 3) / 3.
      assertThat(set.classWeights(ClassWeights.BALANCED))
          .containsExactly(27f / 33, 19, 19, 19, 19, 19, 19, 19, 19, 19);
    }
  }

  private static JavaRDD<PseudoLabel> allFirstClass(
      Shares shares, Broadcast<NetworkSnapshot> network) {
    return run.scoring(shares)
        .scores(network, Split.POOL, 1)
        .map(score -> new PseudoLabel(score.shard(), score.id(), 0));
  }
}
