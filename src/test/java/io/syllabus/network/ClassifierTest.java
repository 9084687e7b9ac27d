package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.config.NetworkSettings.Architecture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClassifierTest {
  private static final int SIZE = 16;
  private final NetworkSnapshot network =
      NetworkSnapshot.of(ArchitecturesTest.network(Architecture.SMALL_CNN, SIZE, 10, 1));

  @Test
  void givesAnImageTheSameProbabilitiesInWhateverCompany() {
    Map<Integer, float[]> together = classify(images(0, 10));
    assertThat(together).hasSize(10);
    for (int key = 0; key < 10; key++) {
      assertThat(classify(images(key, key + 1)).get(key)).isEqualTo(together.get(key));
    }
  }

  @Test
  void answersInTheOrderOfTheImages() {
    List<Integer> keys = new ArrayList<>();
    new Classifier<>(network, images(0, 9).iterator(), SIZE, 4)
        .forEachRemaining(classified -> keys.add(classified.key()));
    assertThat(keys).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void takesNoMoreThanABatchBeforeItAnswers() {
    Iterator<Classifier.Image<Integer>> images = images(0, 9).iterator();
    new Classifier<>(network, images, SIZE, 4).next();
    assertThat(images.next().key()).isEqualTo(4);
  }

  @Test
  void hasNoAnswerWithoutImages() {
    assertThat(new Classifier<>(network, images(0, 0).iterator(), SIZE, 4)).isExhausted();
  }

  private Map<Integer, float[]> classify(List<Classifier.Image<Integer>> images) {
    Map<Integer, float[]> probabilities = new HashMap<>();
    new Classifier<>(network, images.iterator(), SIZE, 4)
        .forEachRemaining(c -> probabilities.put(c.key(), c.probabilities()));
    return probabilities;
  }

  private static List<Classifier.Image<Integer>> images(int from, int to) {
    List<Classifier.Image<Integer>> images = new ArrayList<>();
    for (int key = from; key < to; key++) {
      byte[] pixels = new byte[3 * SIZE * SIZE];
      SplittableRandom random = new SplittableRandom(key);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) random.nextInt(256);
      }
      images.add(new Classifier.Image<>(key, pixels));
    }
    return images;
  }
}
