package io.syllabus.data;

import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * One reader a format and thread, used again: to make one takes longer than to decode an image of
 * 32 × 32 pixels.
 */
final class ImageReaders {
  private static final ThreadLocal<Map<ImageFormat, ImageReader>> READERS =
      ThreadLocal.withInitial(() -> new EnumMap<>(ImageFormat.class));

  private ImageReaders() {}

  /** This thread's reader of the format; nobody else has it until it is given back. */
  static ImageReader take(ImageFormat format) {
    ImageReader kept = READERS.get().remove(format);
    return kept != null ? kept : ImageIO.getImageReadersByFormatName(format.shown()).next();
  }

  /** Keeps a reader that worked for the thread's next image, without its input and listeners. */
  static void giveBack(ImageFormat format, ImageReader reader) {
    reader.reset();
    READERS.get().put(format, reader);
  }
}
