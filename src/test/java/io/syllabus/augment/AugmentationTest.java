package io.syllabus.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AugmentationTest {
  private static final int SIZE = 16;

  @Test
  void noneCopies() {
    byte[] image = distinctPixels(SIZE);
    assertThat(augment(TrainingSettings.Augmentation.NONE, image, SIZE, 1)).isEqualTo(image);
  }

  @ParameterizedTest
  @EnumSource(TrainingSettings.Augmentation.class)
  void sameSeedSameImages(TrainingSettings.Augmentation kind) {
    byte[] image = distinctPixels(SIZE);
    for (long seed = 0; seed < 20; seed++) {
      assertThat(augment(kind, image, SIZE, seed)).isEqualTo(augment(kind, image, SIZE, seed));
    }
  }

  @Test
  void cropFlipIsTheCropMirroredOrNot() {
    byte[] image = distinctPixels(SIZE);
    for (long seed = 0; seed < 20; seed++) {
      byte[] cropped = augment(TrainingSettings.Augmentation.CROP, image, SIZE, seed);
      byte[] flipped = augment(TrainingSettings.Augmentation.CROP_FLIP, image, SIZE, seed);
      assertThat(rows(flipped)).isIn(rows(cropped), mirrored(rows(cropped)));
    }
  }

  @Test
  void flipsHalfOfTenThousandAndReachesEveryOffset() {
    byte[] image = distinctPixels(SIZE);
    byte[] augmented = new byte[image.length];
    SplittableRandom random = new SplittableRandom(7);
    Augmentation augmentation =
        Augmentation.of(TrainingSettings.Augmentation.CROP_FLIP, Framing.of(SIZE), 1);
    int flips = 0;
    Set<Integer> centers = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      augmentation.apply(image, random, augmented);
      int center = pixel(augmented, SIZE * SIZE / 2 + SIZE / 2);
      flips += pixel(augmented, SIZE * SIZE / 2 + SIZE / 2 + 1) < center ? 1 : 0;
      centers.add(center);
    }
    // Four standard deviations of a fair coin.
    assertThat(flips).isCloseTo(5_000, within(200));
    // Five rows, and five columns that a flip moves by one: padding is 2 at 16 × 16.
    assertThat(centers).hasSize(5 * 6);
  }

  @ParameterizedTest
  @EnumSource(TrainingSettings.Augmentation.class)
  void drawsAsManyValuesForEveryImage(TrainingSettings.Augmentation kind) {
    int drawsAnImage =
        switch (kind) {
          case NONE -> 0;
          case CROP, CROP_FLIP -> 3;
          case HEAVY -> 10;
        };
    SplittableRandom used = new SplittableRandom(11);
    SplittableRandom counted = new SplittableRandom(11);
    byte[] image = distinctPixels(SIZE);
    for (int i = 0; i < 1_000; i++) {
      Augmentation.of(kind, Framing.of(SIZE), 1).apply(image, used, new byte[image.length]);
      IntStream.range(0, drawsAnImage).forEach(draw -> counted.nextInt());
    }
    assertThat(used.nextLong()).isEqualTo(counted.nextLong());
  }

  @Property
  void everyPixelOfACropComesFromTheInput(
      @ForAll boolean flips, @ForAll @IntRange(min = 2, max = 40) int size, @ForAll long seed) {
    byte[] image = distinctPixels(size);
    TrainingSettings.Augmentation kind =
        flips ? TrainingSettings.Augmentation.CROP_FLIP : TrainingSettings.Augmentation.CROP;
    assertThat(pixels(image)).containsAll(pixels(augment(kind, image, size, seed)));
  }

  @Property
  void leavesTheImageItselfAlone(
      @ForAll TrainingSettings.Augmentation kind,
      @ForAll @IntRange(min = 2, max = 40) int size,
      @ForAll long seed) {
    byte[] image = distinctPixels(size);
    byte[] before = image.clone();
    augment(kind, image, size, seed);
    assertThat(image).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(TrainingSettings.Augmentation.class)
  void takesAPartOfAnImageThatIsStoredLarger(TrainingSettings.Augmentation kind) {
    byte[] image = distinctPixels(SIZE);
    byte[] augmented = new byte[3 * 8 * 8];
    SplittableRandom used = new SplittableRandom(12);
    SplittableRandom counted = new SplittableRandom(12);
    Augmentation augmentation = Augmentation.of(kind, new Framing(SIZE, 8), 1);
    int drawsAnImage =
        switch (kind) {
          case NONE -> 0;
          case CROP, CROP_FLIP -> 2;
          case HEAVY -> 9;
        };
    for (int i = 0; i < 100; i++) {
      augmentation.apply(image, used, augmented);
      IntStream.range(0, drawsAnImage).forEach(draw -> counted.nextInt());
    }
    assertThat(used.nextLong()).isEqualTo(counted.nextLong());
    if (kind == TrainingSettings.Augmentation.NONE) {
      assertThat(augmented).isEqualTo(new Framing(SIZE, 8).centre(image));
    }
  }

  @Test
  void heavyDrawsItsPairsOfOperationsOnceASeed() {
    byte[] image = distinctPixels(SIZE);
    byte[] one = new byte[image.length];
    byte[] same = new byte[image.length];
    byte[] other = new byte[image.length];
    int differing = 0;
    for (long seed = 0; seed < 50; seed++) {
      heavy(1).apply(image, new SplittableRandom(seed), one);
      heavy(1).apply(image, new SplittableRandom(seed), same);
      heavy(2).apply(image, new SplittableRandom(seed), other);
      assertThat(same).isEqualTo(one);
      differing += Arrays.equals(one, other) ? 0 : 1;
    }
    assertThat(differing).isGreaterThan(25);
  }

  private static Augmentation heavy(long seed) {
    return Augmentation.of(TrainingSettings.Augmentation.HEAVY, Framing.of(SIZE), seed);
  }

  private static byte[] augment(
      TrainingSettings.Augmentation kind, byte[] image, int size, long seed) {
    byte[] augmented = new byte[image.length];
    Augmentation.of(kind, Framing.of(size), 1).apply(image, new SplittableRandom(seed), augmented);
    return augmented;
  }

  // Pixel i reads as the number i + 1, so that a pixel never written, 0, is no pixel of the input.
  private static byte[] distinctPixels(int size) {
    byte[] image = new byte[3 * size * size];
    for (int i = 0; i < size * size; i++) {
      image[3 * i + 1] = (byte) ((i + 1) >> 8);
      image[3 * i + 2] = (byte) (i + 1);
    }
    return image;
  }

  private static int pixel(byte[] image, int i) {
    return (image[3 * i] & 0xff) << 16 | (image[3 * i + 1] & 0xff) << 8 | (image[3 * i + 2] & 0xff);
  }

  private static Set<Integer> pixels(byte[] image) {
    return IntStream.range(0, image.length / 3)
        .mapToObj(i -> pixel(image, i))
        .collect(Collectors.toSet());
  }

  private static List<List<Integer>> rows(byte[] image) {
    Integer[] pixels =
        IntStream.range(0, SIZE * SIZE).mapToObj(i -> pixel(image, i)).toArray(Integer[]::new);
    return IntStream.range(0, SIZE)
        .mapToObj(y -> Arrays.asList(pixels).subList(y * SIZE, (y + 1) * SIZE))
        .toList();
  }

  private static List<List<Integer>> mirrored(List<List<Integer>> rows) {
    List<List<Integer>> mirrored = new ArrayList<>();
    for (List<Integer> row : rows) {
      List<Integer> reversed = new ArrayList<>(row);
      Collections.reverse(reversed);
      mirrored.add(reversed);
    }
    return mirrored;
  }
}
