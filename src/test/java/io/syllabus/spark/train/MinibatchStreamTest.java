package io.syllabus.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.augment.Framing;
import io.syllabus.config.TrainingSettings.Augmentation;
import io.syllabus.spark.shard.TestShards;
import io.syllabus.spark.shard.TrainingShare;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

class MinibatchStreamTest {
  private static final int BATCH = 4;

  @TempDir private Path folder;

  @Test
  void showsEveryExampleOnceAnEpoch() throws IOException {
    TrainingShare share = TestShards.share(folder, 12);

    assertThat(seen(share, 0, new Round(1, 0, 0, 3)))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 12).boxed().toList());
  }

  @Test
  void drawsANewOrderEachEpochAndForEachWorkerAndCycle() throws IOException {
    TrainingShare share = TestShards.share(folder, 12);
    List<Integer> first = seen(share, 0, new Round(1, 0, 0, 3));

    assertThat(seen(share, 0, new Round(1, 1, 0, 3))).isNotEqualTo(first);
    assertThat(seen(share, 1, new Round(1, 0, 0, 3))).isNotEqualTo(first);
    assertThat(seen(share, 0, new Round(2, 0, 0, 3))).isNotEqualTo(first);
    assertThat(seen(share, 0, new Round(1, 0, 0, 3))).isEqualTo(first);
  }

  @Test
  void beginsAgainWhereTheShareIsShorterThanTheEpoch() throws IOException {
    TrainingShare share = TestShards.share(folder, 5);

    List<Integer> seen = seen(share, 0, new Round(0, 0, 0, 3));

    assertThat(seen).hasSize(3 * BATCH);
    assertThat(seen.subList(0, 5)).doesNotHaveDuplicates();
    assertThat(seen.subList(5, 10)).isEqualTo(seen.subList(0, 5));
    assertThat(seen.subList(10, 12)).isEqualTo(seen.subList(0, 2));
  }

  @Test
  void goesOnInARoundWhereTheLastOneEnded() throws IOException {
    TrainingShare share = TestShards.share(folder, 12);

    List<Integer> byRounds = new ArrayList<>(seen(share, 0, new Round(0, 0, 0, 1)));
    byRounds.addAll(seen(share, 0, new Round(0, 0, 1, 3)));

    assertThat(byRounds).isEqualTo(seen(share, 0, new Round(0, 0, 0, 3)));
  }

  @Test
  void repeatsItselfToTheLastPixel() throws IOException {
    TrainingShare share = TestShards.share(folder, 6);
    Round round = new Round(0, 2, 1, 2);

    MultiDataSet once = stream(share, 0, round, Augmentation.CROP_FLIP).next();
    MultiDataSet again = stream(share, 0, round, Augmentation.CROP_FLIP).next();

    assertThat(again.getFeatures(0)).isEqualTo(once.getFeatures(0));
    assertThat(again.getLabels(0)).isEqualTo(once.getLabels(0));
  }

  @Test
  void givesEachImageItsLabelAndItsWeight() throws IOException {
    TrainingShare share = TestShards.share(folder, BATCH);

    MultiDataSet minibatch = stream(share, 0, new Round(1, 0, 0, 1), Augmentation.NONE).next();

    List<Integer> images = images(minibatch.getFeatures(0));
    for (int i = 0; i < BATCH; i++) {
      int label = images.get(i) % TestShards.CLASSES;
      // Labels 0, 1, 2, 0 with weights 1, 2, 3, 1: their mean is 7/4.
      INDArray row = minibatch.getLabels(0).getRow(i);
      assertThat(row.getFloat(label)).isEqualTo((label + 1) / 1.75f);
      assertThat(row.sumNumber().floatValue()).isEqualTo(row.getFloat(label));
    }
  }

  @Test
  void givesEachMinibatchItsTrueLabelsWhereTheyAreCounted() throws IOException {
    // Images 0 to 2 have true labels, 3 to 11 pseudo-labels; one of four images is to be of the
    // former.
    TrainingShare share = TestShards.share(folder, 3, 9);
    List<Integer> seen = new ArrayList<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      List<Integer> ofEpoch = new ArrayList<>();
      counted(share, new Round(1, epoch, 0, 3))
          .forEachRemaining(minibatch -> ofEpoch.addAll(images(minibatch.getFeatures(0))));
      assertThat(ofEpoch)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 12).boxed().toList());
      assertThat(List.of(ofEpoch.get(0), ofEpoch.get(4), ofEpoch.get(8)))
          .containsExactlyInAnyOrder(0, 1, 2);
      seen.addAll(ofEpoch);
    }
    assertThat(seen.subList(0, 12)).isNotEqualTo(seen.subList(12, 24));
  }

  @Test
  void countsNoTrueLabelsWithoutPseudoLabels() throws IOException {
    TrainingShare share = TestShards.share(folder, 12);
    List<Integer> plain = seen(share, 0, new Round(0, 0, 0, 3));
    List<Integer> counted = new ArrayList<>();
    counted(share, new Round(0, 0, 0, 3))
        .forEachRemaining(minibatch -> counted.addAll(images(minibatch.getFeatures(0))));
    assertThat(counted).isEqualTo(plain);
  }

  @Test
  void givesSoftLabelsAsTheyAre() throws IOException {
    TrainingShare share = TestShards.share(folder, 1, 3);
    List<TrainingShare.SoftLabel> said = new ArrayList<>();
    for (int record = 3; record > 0; record--) {
      said.add(new TrainingShare.SoftLabel(0, record, new float[] {0.5f, 0.25f, 0.25f}));
    }
    MultiDataSet minibatch =
        stream(share.softened(said.iterator()), 0, new Round(1, 0, 0, 1), Augmentation.NONE).next();
    List<Integer> images = images(minibatch.getFeatures(0));
    for (int i = 0; i < BATCH; i++) {
      float[] expected =
          images.get(i) == 0 ? new float[] {1, 0, 0} : new float[] {0.5f, 0.25f, 0.25f};
      assertThat(minibatch.getLabels(0).getRow(i).toFloatVector()).isEqualTo(expected);
    }
  }

  @Test
  void endsWithTheRound() throws IOException {
    MinibatchStream stream =
        stream(TestShards.share(folder, 4), 0, new Round(0, 0, 0, 1), Augmentation.NONE);
    stream.next();

    assertThat(stream.hasNext()).isFalse();
    assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
  }

  /** The numbers of the images in the order in which a worker sees them. */
  private static List<Integer> seen(TrainingShare share, int worker, Round round) {
    List<Integer> seen = new ArrayList<>();
    stream(share, worker, round, Augmentation.NONE)
        .forEachRemaining(minibatch -> seen.addAll(images(minibatch.getFeatures(0))));
    return seen;
  }

  private static List<Integer> images(INDArray features) {
    return IntStream.range(0, (int) features.size(0))
        .mapToObj(i -> Math.round((features.getFloat(i, 0, 0, 0) + 1) * 127.5f))
        .toList();
  }

  private static MinibatchStream counted(TrainingShare share, Round round) {
    Recipe recipe =
        new Recipe(
            7,
            BATCH,
            Framing.of(TestShards.IMAGE_SIZE),
            TestShards.CLASSES,
            Augmentation.NONE,
            0,
            0,
            1);
    return new MinibatchStream(recipe, round, 0, share, new float[] {1, 2, 3}, TestShards.HADOOP);
  }

  private static MinibatchStream stream(
      TrainingShare share, int worker, Round round, Augmentation augmentation) {
    Recipe recipe = new Recipe(7, BATCH, TestShards.IMAGE_SIZE, TestShards.CLASSES, augmentation);
    return new MinibatchStream(
        recipe, round, worker, share, new float[] {1, 2, 3}, TestShards.HADOOP);
  }
}
