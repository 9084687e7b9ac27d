package io.syllabus.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.augment.RandomResizedCrop.Part;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomResizedCropTest {
  // Red is ten times the row plus the column.
  private static final byte[] FOUR_BY_FOUR = numbered(4);

  @Test
  void theWholeAtItsOwnSizeIsTheImage() {
    assertThat(scaled(4, new Part(0, 0, 4, 4), false)).isEqualTo(FOUR_BY_FOUR);
  }

  @Test
  void aPartAtItsOwnSizeIsCutOut() {
    assertThat(reds(scaled(2, new Part(1, 2, 2, 2), false))).containsExactly(12, 13, 22, 23);
    assertThat(reds(scaled(2, new Part(1, 2, 2, 2), true))).containsExactly(13, 12, 23, 22);
  }

  // Half the size: each pixel is the mean of four.
  @Test
  void scalesBilinearly() {
    assertThat(reds(scaled(2, new Part(0, 0, 4, 4), false))).containsExactly(6, 8, 26, 28);
    // One row of two pixels, 0 and 1, made two by two: a quarter and three quarters between them.
    byte[] wide = new byte[3 * 16];
    wide[3] = 100;
    assertThat(reds(new Scaled(4, 4).of(wide, new Part(0, 0, 1, 2))))
        .startsWith(0, 25, 75, 100)
        .endsWith(0, 25, 75, 100);
  }

  @Test
  void partsHaveThePublishedAreasAndRatios() {
    SplittableRandom random = new SplittableRandom(3);
    double leastArea = 1;
    double greatestArea = 0;
    double mean = 0;
    int draws = 5_000;
    for (int i = 0; i < draws; i++) {
      Part part = RandomResizedCrop.drawn(256, random);
      double area = part.height() * part.width() / 65_536.0;
      double ratio = (double) part.width() / part.height();
      assertThat(ratio).isBetween(0.73, 1.37);
      assertThat(part.top() + part.height()).isLessThanOrEqualTo(256);
      assertThat(part.left() + part.width()).isLessThanOrEqualTo(256);
      leastArea = Math.min(leastArea, area);
      greatestArea = Math.max(greatestArea, area);
      mean += area / draws;
    }
    assertThat(leastArea).isCloseTo(0.08, within(0.005));
    assertThat(greatestArea).isCloseTo(1, within(0.02));
    // Large areas fit less often where they are not square.
    assertThat(mean).isBetween(0.45, 0.54);
  }

  @Test
  void scoringTakesTheCentre() {
    assertThat(reds(new Framing(4, 2).centre(FOUR_BY_FOUR))).containsExactly(11, 12, 21, 22);
    assertThat(Framing.of(4).centre(FOUR_BY_FOUR)).isSameAs(FOUR_BY_FOUR);
  }

  private record Scaled(int stored, int taken) {
    byte[] of(byte[] image, Part part) {
      byte[] scaled = new byte[3 * taken * taken];
      new RandomResizedCrop(new Framing(stored, taken), false).scale(image, part, false, scaled);
      return scaled;
    }
  }

  private static byte[] scaled(int size, Part part, boolean mirrored) {
    byte[] scaled = new byte[3 * size * size];
    new RandomResizedCrop(new Framing(4, size), true).scale(FOUR_BY_FOUR, part, mirrored, scaled);
    return scaled;
  }

  private static byte[] numbered(int size) {
    byte[] image = new byte[3 * size * size];
    for (int i = 0; i < size * size; i++) {
      image[3 * i] = (byte) (10 * (i / size) + i % size);
    }
    return image;
  }

  private static int[] reds(byte[] image) {
    int[] reds = new int[image.length / 3];
    for (int i = 0; i < reds.length; i++) {
      reds[i] = image[3 * i] & 0xff;
    }
    return reds;
  }
}
