package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.network.Classifier.Classified;
import io.syllabus.network.Classifier.Image;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClassifierTest {
  private static final int SIZE = 8;
  private static final int BATCH = 4;

  private static ComputationGraph network;
  private static NetworkSnapshot snapshot;

  @BeforeAll
  static void trainsAStepSoThatNormsHaveStatistics() {
    network = Networks.small(3);
    Minibatch minibatch = new Minibatch(BATCH, SIZE, 3);
    for (int i = 0; i < BATCH; i++) {
      minibatch.add(Networks.image(SIZE, 100 + i), i % 3, 1);
    }
    network.fit(minibatch.toMultiDataSet());
    snapshot = NetworkSnapshot.of(network);
  }

  @Test
  void givesEachImageItsOwnProbabilitiesInOrder() {
    List<Classified<Integer>> all = classify(images(6), BATCH);
    assertThat(all).extracting(Classified::key).containsExactly(0, 1, 2, 3, 4, 5);
    for (Classified<Integer> classified : all) {
      Minibatch alone = new Minibatch(1, SIZE, 3);
      alone.add(Networks.image(SIZE, classified.key()), 0, 1);
      float[] expected =
          network
              .outputSingle(false, alone.toMultiDataSet().getFeatures(0))
              .dup('c')
              .data()
              .asFloat();
      assertThat(classified.probabilities()).containsExactly(expected, within(1e-6f));
    }
    assertThat(all.get(0).probabilities()).isNotEqualTo(all.get(1).probabilities());
  }

  @Test
  void theCompanyOfAnImageChangesNoBitOfItsProbabilities() {
    List<Classified<Integer>> together = classify(images(7), BATCH);
    for (int i = 0; i < together.size(); i++) {
      float[] alone = classify(images(7).subList(i, i + 1), BATCH).get(0).probabilities();
      assertThat(together.get(i).probabilities()).isEqualTo(alone);
    }
  }

  @Test
  void theOrderOfImagesChangesNoBitOfTheirProbabilities() {
    List<Image<Integer>> reversed = images(7);
    Collections.reverse(reversed);
    List<Classified<Integer>> back = classify(reversed, BATCH);
    Collections.reverse(back);
    List<Classified<Integer>> there = classify(images(7), BATCH);
    for (int i = 0; i < there.size(); i++) {
      assertThat(back.get(i).key()).isEqualTo(i);
      assertThat(back.get(i).probabilities()).isEqualTo(there.get(i).probabilities());
    }
  }

  @Test
  void takesNoMoreThanABatchAhead() {
    AtomicInteger taken = new AtomicInteger();
    Iterator<Image<Integer>> counted =
        made(
            9,
            i -> {
              taken.incrementAndGet();
              return Networks.image(SIZE, i);
            });
    Classifier<Integer> classifier =
        new Classifier<>(snapshot.predictor(Engine.ONEDNN, BATCH, SIZE), counted, SIZE, BATCH);
    assertThat(taken).hasValue(0);
    classifier.next();
    assertThat(taken).hasValue(BATCH);
    for (int i = 1; i < BATCH; i++) {
      classifier.next();
    }
    assertThat(taken).hasValue(BATCH);
    classifier.next();
    assertThat(taken).hasValue(2 * BATCH);
  }

  @Test
  void theCallerMayUseOneArrayForAllImages() {
    byte[] buffer = new byte[3 * SIZE * SIZE];
    Iterator<Image<Integer>> reusing =
        made(
            5,
            i -> {
              System.arraycopy(Networks.image(SIZE, i), 0, buffer, 0, buffer.length);
              return buffer;
            });
    List<Classified<Integer>> reused = new ArrayList<>();
    new Classifier<>(snapshot.predictor(Engine.ONEDNN, BATCH, SIZE), reusing, SIZE, BATCH)
        .forEachRemaining(reused::add);
    List<Classified<Integer>> own = classify(images(5), BATCH);
    for (int i = 0; i < 5; i++) {
      assertThat(reused.get(i).probabilities()).isEqualTo(own.get(i).probabilities());
    }
  }

  @Test
  void noImagesGiveNoProbabilities() {
    Classifier<Integer> none =
        new Classifier<>(
            snapshot.predictor(Engine.ONEDNN, BATCH, SIZE),
            Collections.emptyIterator(),
            SIZE,
            BATCH);
    assertThat(none.hasNext()).isFalse();
    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void refusesAnEmptyBatch() {
    assertThatThrownBy(
            () ->
                new Classifier<Integer>(
                    snapshot.predictor(Engine.ONEDNN, BATCH, SIZE),
                    Collections.emptyIterator(),
                    SIZE,
                    0))
        .hasMessage("batchSize must be positive, found: 0");
  }

  private static List<Classified<Integer>> classify(List<Image<Integer>> images, int batchSize) {
    List<Classified<Integer>> classified = new ArrayList<>();
    new Classifier<>(
            snapshot.predictor(Engine.ONEDNN, batchSize, SIZE), images.iterator(), SIZE, batchSize)
        .forEachRemaining(classified::add);
    return classified;
  }

  private static List<Image<Integer>> images(int count) {
    List<Image<Integer>> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(new Image<>(i, Networks.image(SIZE, i)));
    }
    return images;
  }

  // Streams' iterators may read ahead, so this is one by hand.
  private static Iterator<Image<Integer>> made(int count, IntFunction<byte[]> pixels) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < count;
      }

      @Override
      public Image<Integer> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return new Image<>(next, pixels.apply(next++));
      }
    };
  }
}
