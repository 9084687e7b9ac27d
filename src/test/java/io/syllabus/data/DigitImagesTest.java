package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class DigitImagesTest {
  private static final DigitImages IMAGES = new DigitImages(1, 20);

  @Test
  void sameSeedDigitAndIndexSamePixels() {
    int[] first = pixels(IMAGES.draw(3, 5));
    IMAGES.draw(4, 0);
    assertThat(pixels(IMAGES.draw(3, 5))).isEqualTo(first);
    assertThat(pixels(new DigitImages(1, 20).draw(3, 5))).isEqualTo(first);
  }

  @Test
  void anotherSeedDigitOrIndexIsAnotherImage() {
    int[] image = pixels(IMAGES.draw(3, 5));
    assertThat(pixels(new DigitImages(2, 20).draw(3, 5))).isNotEqualTo(image);
    assertThat(pixels(IMAGES.draw(8, 5))).isNotEqualTo(image);
    assertThat(pixels(IMAGES.draw(3, 6))).isNotEqualTo(image);
  }

  @Test
  void imagesHaveTheSizeAskedForAndAreNotBlank() {
    for (int size : new int[] {8, 16, 33}) {
      DigitImages images = new DigitImages(1, size);
      for (int digit = 0; digit < 10; digit++) {
        BufferedImage image = images.draw(digit, 0);
        assertThat(image.getWidth()).isEqualTo(size);
        assertThat(image.getHeight()).isEqualTo(size);
        assertThat(IntStream.of(pixels(image)).distinct().count()).isGreaterThan(10);
      }
    }
  }

  @Test
  void noTwoOfManyImagesAreEqual() {
    Set<Integer> hashes = new HashSet<>();
    for (int digit = 0; digit < 10; digit++) {
      for (long index = 0; index < 100; index++) {
        hashes.add(Arrays.hashCode(pixels(IMAGES.draw(digit, index))));
      }
    }
    assertThat(hashes).hasSize(1_000);
  }

  @Test
  void tarHoldsEveryClassByRisingIndexAndDecodesToTheImagesDrawn() throws IOException {
    Map<String, BufferedImage> entries = decode(tar(IMAGES, 7, 2));
    assertThat(entries).hasSize(20);
    assertThat(entries.keySet())
        .startsWith("test/zero/000007.png", "test/zero/000008.png", "test/one/000007.png")
        .endsWith("test/nine/000007.png", "test/nine/000008.png");
    assertThat(pixels(entries.get("test/six/000008.png"))).isEqualTo(pixels(IMAGES.draw(6, 8)));
  }

  @Test
  void tarBytesRepeatForOneSeedOnly() throws IOException {
    byte[] archive = tar(IMAGES, 0, 3);
    assertThat(tar(new DigitImages(1, 20), 0, 3)).isEqualTo(archive);
    assertThat(tar(new DigitImages(2, 20), 0, 3)).isNotEqualTo(archive);
  }

  @Test
  void tarOfNoImagesIsAnEmptyArchive() throws IOException {
    assertThat(decode(tar(IMAGES, 0, 0))).isEmpty();
  }

  @Test
  void refusesWhatIsNoDigitAndImagesTooSmallToRead() {
    assertThatThrownBy(() -> IMAGES.draw(10, 0)).hasMessage("a digit must be in 0 to 9, found: 10");
    assertThatThrownBy(() -> IMAGES.draw(0, -1))
        .hasMessage("an image's index must not be negative, found: -1");
    assertThatThrownBy(() -> new DigitImages(1, 7))
        .hasMessage("a digit needs an image of 8 pixels or more, found: 7");
  }

  private static byte[] tar(DigitImages images, long firstIndex, int perClass) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    images.writeTar(out, "test", firstIndex, perClass);
    return out.toByteArray();
  }

  private static Map<String, BufferedImage> decode(byte[] archive) throws IOException {
    Map<String, BufferedImage> images = new LinkedHashMap<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
      TarArchiveEntry entry = in.getNextTarEntry();
      while (entry != null) {
        images.put(entry.getName(), ImageIO.read(new ByteArrayInputStream(in.readAllBytes())));
        entry = in.getNextTarEntry();
      }
    }
    return images;
  }

  // A decoded image may hold its channels in another order of bytes: getRGB tells both alike.
  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
