package io.syllabus.data;

import static io.syllabus.Checks.require;

import io.syllabus.Seeds;
import io.syllabus.Text;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Generated color images of the digits 0 to 9, each pen strokes of its own on a background of its
 * own: a data set that needs no download. An image is fixed by seed, digit and index alone.
 * Immutable and safe to share between threads.
 */
public final class DigitImages {
  /** The classes' names, a digit's at its own place. */
  public static final List<String> CLASSES =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  // An archive's bytes depend on its images alone, not on the day they were written.
  private static final Date WRITTEN = Date.from(Instant.parse("2026-01-01T00:00:00Z"));

  private final long seed;
  private final int imageSize;

  /**
   * The images of one seed.
   *
   * @param imageSize width and height in pixels, at least 8
   */
  public DigitImages(long seed, int imageSize) {
    require(imageSize >= 8, "a digit needs an image of 8 pixels or more, found: %s", imageSize);
    this.seed = seed;
    this.imageSize = imageSize;
  }

  /**
   * Draws one image, of type {@link BufferedImage#TYPE_INT_RGB}.
   *
   * @param digit from 0 to 9
   * @param index which of the digit's images, not negative
   */
  public BufferedImage draw(int digit, long index) {
    require(digit >= 0 && digit <= 9, "a digit must be in 0 to 9, found: %s", digit);
    require(index >= 0, "an image's index must not be negative, found: %s", index);
    return new DigitPainter(imageSize, Seeds.random(seed, "digit", digit, index)).paint(digit);
  }

  /**
   * Writes a tar archive of PNG files {@code folder/class/index.png}, the index in six digits or
   * more: class by class, each by rising index. Same arguments, same bytes.
   *
   * @param out what is written to, flushed and left open
   * @param folder the path inside the archive that holds the class folders
   * @param firstIndex the index of each class's first image
   * @param perClass images of each class
   */
  public void writeTar(OutputStream out, String folder, long firstIndex, int perClass)
      throws IOException {
    require(perClass >= 0, "images of a class must not be negative, found: %s", perClass);
    ImageWriter png = ImageIO.getImageWritersByFormatName("png").next();
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");
    try {
      for (int digit = 0; digit < CLASSES.size(); digit++) {
        for (long index = firstIndex; index < firstIndex + perClass; index++) {
          String name = Text.format("%s/%s/%06d.png", folder, CLASSES.get(digit), index);
          put(tar, name, encode(png, draw(digit, index)));
        }
      }
    } finally {
      png.dispose();
    }
    tar.finish();
    out.flush();
  }

  private static void put(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setModTime(WRITTEN);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static byte[] encode(ImageWriter png, BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      png.setOutput(out);
      png.write(image);
    }
    return bytes.toByteArray();
  }
}
