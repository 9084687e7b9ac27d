package io.syllabus.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomCropTest {
  // Each pixel's red is ten times its row plus its column; padded by one pixel, row 0 is
  // 11 10 11 12 13 12, row 1 is 01 00 01 02 03 02, and so on down to row 5, which repeats row 2.
  private static final byte[] FOUR_BY_FOUR = numbered(4);

  @Test
  void leavesTheImageAloneWhenTheOffsetsEqualThePadding() {
    assertThat(cut(1, 1, false)).isEqualTo(FOUR_BY_FOUR);
  }

  @Test
  void reflectsRowsAboveAndColumnsToTheLeftAtTheFirstOffset() {
    assertThat(reds(cut(0, 0, false)))
        .containsExactly(11, 10, 11, 12, 1, 0, 1, 2, 11, 10, 11, 12, 21, 20, 21, 22);
  }

  @Test
  void reflectsRowsBelowAndColumnsToTheRightAtTheLastOffset() {
    assertThat(reds(cut(2, 2, false)))
        .containsExactly(11, 12, 13, 12, 21, 22, 23, 22, 31, 32, 33, 32, 21, 22, 23, 22);
  }

  @Test
  void cropsBeforeItFlips() {
    assertThat(reds(cut(1, 0, true)))
        .containsExactly(2, 1, 0, 1, 12, 11, 10, 11, 22, 21, 20, 21, 32, 31, 30, 31);
  }

  @Test
  void keepsTheChannelsOfAPixelTogether() {
    byte[] flipped = cut(1, 1, true);
    assertThat(flipped).startsWith(3, 103, 203, 2, 102, 202);
  }

  @Test
  void reflectsWithoutRepeatingTheEdge() {
    assertThat(IntStream.rangeClosed(-3, 6).map(position -> RandomCrop.reflect(position, 4)))
        .containsExactly(3, 2, 1, 0, 1, 2, 3, 2, 1, 0);
  }

  @Test
  void padsAnEighthOfTheSizeAndAtLeastOnePixel() {
    assertThat(IntStream.of(2, 4, 15, 16, 20, 32, 224).map(RandomCrop::padding))
        .containsExactly(1, 1, 1, 2, 2, 4, 28);
  }

  @Test
  void refusesAnImageOfAnotherLengthOrItsOwnArray() {
    assertThatThrownBy(() -> RandomCrop.cut(FOUR_BY_FOUR, 5, 1, 1, false, new byte[75]))
        .hasMessage(
            "an image of 5 × 5 RGB pixels and its copy have 75 bytes each, found: 48 and 75");
    assertThatThrownBy(() -> RandomCrop.cut(FOUR_BY_FOUR, 4, 1, 1, false, FOUR_BY_FOUR))
        .hasMessage("an image cannot be cropped into its own array");
  }

  private static byte[] cut(int top, int left, boolean mirrored) {
    byte[] augmented = new byte[FOUR_BY_FOUR.length];
    RandomCrop.cut(FOUR_BY_FOUR, 4, top, left, mirrored, augmented);
    return augmented;
  }

  private static byte[] numbered(int size) {
    byte[] image = new byte[3 * size * size];
    for (int i = 0; i < image.length; i++) {
      int pixel = i / 3;
      image[i] = (byte) (10 * (pixel / size) + pixel % size + 100 * (i % 3));
    }
    return image;
  }

  private static int[] reds(byte[] image) {
    return IntStream.range(0, image.length / 3).map(pixel -> image[3 * pixel]).toArray();
  }
}
