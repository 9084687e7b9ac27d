package io.syllabus.data;

import io.syllabus.config.DataSettings.Resize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import net.coobird.thumbnailator.Thumbnails;

/** Brings an image to the size that the network takes. */
final class ImageResizer {
  private ImageResizer() {}

  /** The image with both sides of {@code size} pixels; CROP or SCALE, not NONE. */
  static BufferedImage resized(BufferedImage image, int size, Resize resize) {
    BufferedImage part = resize == Resize.CROP ? centre(image) : image;
    if (part.getWidth() == size && part.getHeight() == size) {
      return part;
    }
    try {
      return Thumbnails.of(part).forceSize(size, size).asBufferedImage();
    } catch (IOException e) {
      throw new UncheckedIOException("Scaling reads and writes no file", e);
    }
  }

  // The centre is cut out before scaling: the result is the same, and an image one pixel high
  // does not become a strip of a billion pixels on the way.
  private static BufferedImage centre(BufferedImage image) {
    int side = Math.min(image.getWidth(), image.getHeight());
    int left = (image.getWidth() - side) / 2;
    int top = (image.getHeight() - side) / 2;
    return image.getSubimage(left, top, side, side);
  }
}
