package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PixelEffectsTest {

  @Test
  void blurSpreadsAPixelOneTwoOneEachWay() {
    BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, 160 << 16);
    PixelEffects.blur(image);
    assertThat(reds(image)).containsExactly(10, 20, 10, 20, 40, 20, 10, 20, 10);
  }

  @Test
  void noiseHasTheDeviationAskedFor() {
    BufferedImage image = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
    image.setRGB(
        0, 0, 100, 100, IntStream.generate(() -> 0x808080).limit(10_000).toArray(), 0, 100);
    PixelEffects.addNoise(image, 0.1, new SplittableRandom(1));
    double[] differences = IntStream.of(reds(image)).mapToDouble(red -> red - 128).toArray();
    double variance =
        IntStream.range(0, 10_000)
            .mapToDouble(i -> differences[i] * differences[i])
            .average()
            .orElseThrow();
    // A tenth of 255; the estimate's own deviation over 10,000 pixels is 0.18.
    assertThat(Math.sqrt(variance)).isCloseTo(25.5, within(0.8));
  }

  @Test
  void noNoiseChangesNothing() {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xff8000);
    PixelEffects.addNoise(image, 0, new SplittableRandom(1));
    assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xff8000);
    assertThat(image.getRGB(1, 1) & 0xffffff).isZero();
  }

  private static int[] reds(BufferedImage image) {
    int width = image.getWidth();
    int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
    return IntStream.of(pixels).map(rgb -> rgb >> 16 & 0xff).toArray();
  }
}
