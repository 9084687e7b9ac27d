package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class TurboJpegTest {

  @Test
  void isPartOfTheBuild() {
    assertThat(TurboJpeg.isAvailable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0.9, false", "8, 8, 0.9, false", "17, 3, 0.9, false", "32, 32, 0.75, false",
    "101, 67, 0.3, false", "101, 67, 0.97, false", "67, 101, 0.9, true", "640, 480, 0.8, true",
  })
  void givesThePixelsOfJavasReader(int width, int height, float quality, boolean progressive)
      throws IOException {
    byte[] bytes = Jpegs.encoded(Jpegs.scene(width, height), quality, progressive);

    try (TurboJpeg jpeg = new TurboJpeg(bytes)) {
      assertThat(jpeg.isReadable()).isTrue();
      assertThat(jpeg.width()).isEqualTo(width);
      assertThat(jpeg.height()).isEqualTo(height);
      assertThat(jpeg.image(1).map(RgbPixels::of)).hasValue(readByJava(bytes));
    }
  }

  @Test
  void givesThePixelsOfJavasReaderForGrey() throws IOException {
    BufferedImage grey = new BufferedImage(33, 21, BufferedImage.TYPE_BYTE_GRAY);
    grey.getGraphics().drawImage(Jpegs.scene(33, 21), 0, 0, null);
    byte[] bytes = Jpegs.encoded(grey, 0.9f, false);

    try (TurboJpeg jpeg = new TurboJpeg(bytes)) {
      assertThat(jpeg.image(1).map(RgbPixels::of)).hasValue(readByJava(bytes));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void decodesToPartOfTheSize(int reduction) throws IOException {
    byte[] bytes = Jpegs.encoded(Jpegs.scene(101, 67), 0.95f, false);
    byte[] whole = readByJava(bytes);

    try (TurboJpeg jpeg = new TurboJpeg(bytes)) {
      BufferedImage image = jpeg.image(reduction).orElseThrow();

      int columns = image.getWidth();
      assertThat(columns).isEqualTo((int) Math.ceil(101.0 / reduction));
      assertThat(image.getHeight()).isEqualTo((int) Math.ceil(67.0 / reduction));
      byte[] reduced = RgbPixels.of(image);
      // Whole blocks only: those at the right and lower edge also average what lies beyond.
      double difference = 0;
      int compared = 0;
      for (int y = 0; y < 67 / reduction; y++) {
        for (int x = 0; x < 101 / reduction; x++) {
          for (int band = 0; band < 3; band++) {
            double mean = mean(whole, 101, x * reduction, y * reduction, reduction, band);
            difference += Math.abs((reduced[3 * (y * columns + x) + band] & 0xff) - mean);
            compared++;
          }
        }
      }
      assertThat(difference / compared).isLessThan(2);
    }
  }

  @Test
  void leavesEveryTruncation() {
    byte[] whole = Jpegs.encoded(Jpegs.scene(16, 16), 0.9f, false);

    for (int length = 2; length < whole.length; length++) {
      try (TurboJpeg jpeg = new TurboJpeg(Arrays.copyOf(whole, length))) {
        assertThat(jpeg.isReadable() && jpeg.image(1).isPresent()).as("%s bytes", length).isFalse();
      }
    }
  }

  private static double mean(byte[] rgb, int width, int left, int top, int side, int band) {
    int sum = 0;
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        sum += rgb[3 * (y * width + x) + band] & 0xff;
      }
    }
    return (double) sum / (side * side);
  }

  private static byte[] readByJava(byte[] jpeg) throws IOException {
    return RgbPixels.of(ImageIO.read(new ByteArrayInputStream(jpeg)));
  }
}
