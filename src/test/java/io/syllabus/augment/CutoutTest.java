package io.syllabus.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CutoutTest {
  private static final byte GREY = (byte) 128;

  @Test
  void hasThePublishedSides() {
    assertThat(IntStream.of(8, 20, 32, 128, 224, 448).map(Cutout::side))
        .containsExactly(4, 10, 16, 18, 20, 20);
  }

  // A square of 4 × 4 about (3, 5) of 8 × 8: rows 1 to 4, columns 3 to 6.
  @Test
  void greysOutTheSquareAboutAPixel() {
    byte[] image = new byte[3 * 8 * 8];
    Cutout.cut(image, 8, 3, 5);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        boolean inside = y >= 1 && y <= 4 && x >= 3 && x <= 6;
        byte expected = inside ? GREY : 0;
        int at = 3 * (8 * y + x);
        assertThat(new byte[] {image[at], image[at + 1], image[at + 2]})
            .as("row %d, column %d", y, x)
            .containsExactly(expected, expected, expected);
      }
    }
  }

  @Test
  void cutsTheSquareOffAtTheBorder() {
    byte[] image = new byte[3 * 8 * 8];
    Cutout.cut(image, 8, 0, 7);
    assertThat(IntStream.range(0, 64).filter(pixel -> image[3 * pixel] == GREY))
        .containsExactly(5, 6, 7, 13, 14, 15);
  }

  @Test
  void reachesEveryPixel() {
    SplittableRandom random = new SplittableRandom(5);
    Set<Integer> reached = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      byte[] image = new byte[3 * 8 * 8];
      Cutout.apply(image, 8, random);
      IntStream.range(0, 64).filter(pixel -> image[3 * pixel] == GREY).forEach(reached::add);
    }
    assertThat(reached).hasSize(64);
  }
}
