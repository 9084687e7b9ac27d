package io.syllabus.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/**
 * Turns an image's samples into bytes of red, green and blue.
 *
 * <p>Samples are taken as they are stored: no colour profile is applied, grey becomes three equal
 * values, of 16 bits the upper 8 stay. What is transparent shows white behind it.
 */
final class RgbPixels {
  private static final int WHITE = 255;

  private RgbPixels() {}

  /** width × height × 3 bytes, rows top to bottom. */
  static byte[] of(BufferedImage image) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR
        && image.getRaster().getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getData().length == 3 * image.getWidth() * image.getHeight()) {
      return swapped(buffer.getData());
    }
    if (image.getColorModel() instanceof ComponentColorModel model && isGreyOrRgb(model)) {
      return ofSamples(image.getRaster(), model);
    }
    return ofColors(image);
  }

  /** The same pixels as an image of type 3BYTE_BGR; the image itself where it is one. */
  static BufferedImage plain(BufferedImage image) {
    if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
      return image;
    }
    BufferedImage plain =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) plain.getRaster().getDataBuffer()).getData();
    System.arraycopy(swapped(of(image)), 0, bgr, 0, bgr.length);
    return plain;
  }

  private static byte[] swapped(byte[] bgr) {
    byte[] rgb = new byte[bgr.length];
    for (int i = 0; i < bgr.length; i += 3) {
      rgb[i] = bgr[i + 2];
      rgb[i + 1] = bgr[i + 1];
      rgb[i + 2] = bgr[i];
    }
    return rgb;
  }

  private static boolean isGreyOrRgb(ComponentColorModel model) {
    int space = model.getColorSpace().getType();
    return (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB)
        && !model.isAlphaPremultiplied()
        && model.getTransferType() <= DataBuffer.TYPE_USHORT
        && model.getComponentSize(0) >= 8;
  }

  // Java would take grey values for linear light and brighten them: hence the raw samples.
  private static byte[] ofSamples(Raster raster, ColorModel model) {
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    int colors = model.getNumColorComponents();
    int shift = model.getComponentSize(0) - 8;
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    int[] row = new int[width * bands];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < row.length; x += bands) {
        int alpha = model.hasAlpha() ? row[x + colors] >> shift : 255;
        for (int band = 0; band < 3; band++) {
          int sample = row[x + Math.min(band, colors - 1)] >> shift;
          rgb[at++] = (byte) overWhite(sample, alpha);
        }
      }
    }
    return rgb;
  }

  private static byte[] ofColors(BufferedImage image) {
    int width = image.getWidth();
    byte[] rgb = new byte[3 * width * image.getHeight()];
    int[] row = new int[width];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        int alpha = argb >>> 24;
        rgb[at++] = (byte) overWhite(argb >> 16 & 0xff, alpha);
        rgb[at++] = (byte) overWhite(argb >> 8 & 0xff, alpha);
        rgb[at++] = (byte) overWhite(argb & 0xff, alpha);
      }
    }
    return rgb;
  }

  private static int overWhite(int sample, int alpha) {
    return (sample * alpha + WHITE * (255 - alpha) + 127) / 255;
  }
}
