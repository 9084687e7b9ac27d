package io.syllabus.data;

import static io.syllabus.Checks.require;

import io.syllabus.Text;
import io.syllabus.config.DataSettings;
import io.syllabus.config.DataSettings.Resize;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageReader;

/**
 * Makes pixels of an image's bytes: JPEG, PNG, GIF (its first frame), BMP or TIFF, told by content.
 *
 * <p>Pixels are taken as they are stored: no colour profile and no EXIF rotation is applied; grey
 * becomes three equal values, what is transparent shows white. Safe for many threads.
 *
 * <p>JPEGs are decoded by libjpeg-turbo where our jars have it, at the least half, quarter or
 * eighth of their size that is as large as the result. Whatever it remarks on is left to Java's
 * reader.
 *
 * <p>Of an image that is cut short there are no pixels, unless all of them are there and only an
 * end mark or a checksum is missing. A progressive JPEG, or one of several scans, needs its end
 * mark: without it there may have been more scans.
 *
 * @param imageSize both sides of the result, in pixels
 * @param resize what is done with images of another size
 * @param maxPixels images whose header claims more are refused before any pixel is decoded
 */
public record ImageDecoder(int imageSize, Resize resize, long maxPixels) implements Serializable {
  private static final int GREATEST_REDUCTION = 8;

  public ImageDecoder {
    require(imageSize > 0, "imageSize must be positive, found: %s", imageSize);
    require(maxPixels > 0, "maxPixels must be positive, found: %s", maxPixels);
  }

  /** Makes images as settings have them stored. */
  public static ImageDecoder of(DataSettings data) {
    return new ImageDecoder(data.sideStored(), data.resize(), data.maxPixels());
  }

  /**
   * Decodes one image.
   *
   * @throws WrongSizeException where {@code resize} is NONE and the size is another
   * @throws UnreadableImageException where the bytes are no whole image, or it is too large
   */
  public DecodedImage decode(byte[] bytes) throws UnreadableImageException {
    return decode(bytes, TurboJpeg::new);
  }

  /** Decodes one image, with what reads JPEGs first where there is the library. */
  DecodedImage decode(byte[] bytes, Function<byte[], TurboJpeg> turboJpeg)
      throws UnreadableImageException {
    if (bytes.length == 0) {
      throw new UnreadableImageException("empty file");
    }
    ImageFormat format =
        ImageFormat.of(bytes)
            .orElseThrow(
                () -> new UnreadableImageException("not an image (JPEG, PNG, GIF, BMP or TIFF)"));
    return switch (format) {
      case JPEG -> jpeg(bytes, turboJpeg);
      case PNG -> read(format, bytes, PngChunks.ended(bytes));
      default -> read(format, bytes, Optional.empty());
    };
  }

  private DecodedImage jpeg(byte[] bytes, Function<byte[], TurboJpeg> turboJpeg)
      throws UnreadableImageException {
    Optional<DecodedImage> sound = soundJpeg(bytes, turboJpeg);
    if (sound.isPresent()) {
      return sound.get();
    }
    Optional<byte[]> ended = JpegScan.ended(bytes);
    Optional<DecodedImage> whole =
        ended.isPresent() ? soundJpeg(ended.get(), turboJpeg) : Optional.empty();
    return whole.isPresent() ? whole.get() : read(ImageFormat.JPEG, bytes, ended);
  }

  private Optional<DecodedImage> soundJpeg(byte[] bytes, Function<byte[], TurboJpeg> turboJpeg)
      throws UnreadableImageException {
    if (!TurboJpeg.isAvailable()) {
      return Optional.empty();
    }
    try (TurboJpeg jpeg = turboJpeg.apply(bytes)) {
      if (!jpeg.isReadable()) {
        return Optional.empty();
      }
      int width = jpeg.width();
      int height = jpeg.height();
      checkSize(width, height);
      return jpeg.image(reduction(Math.min(width, height)))
          .map(image -> new DecodedImage("jpeg", width, height, pixels(image)));
    }
  }

  private int reduction(int shorterSide) {
    int reduction = GREATEST_REDUCTION;
    while (reduction > 1 && shorterSide / reduction < imageSize) {
      reduction /= 2;
    }
    return reduction;
  }

  private DecodedImage read(ImageFormat format, byte[] found, Optional<byte[]> ended)
      throws UnreadableImageException {
    byte[] bytes = ended.orElse(found);
    ReadWarnings warnings = new ReadWarnings(ended.isPresent());
    ImageReader reader = ImageReaders.take(format);
    boolean sound = false;
    try (BytesInput input = new BytesInput(bytes)) {
      reader.setInput(input, true, true);
      reader.addIIOReadWarningListener(warnings);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      checkSize(width, height);
      byte[] pixels = pixels(reader.read(0));
      checkWhole(warnings);
      sound = true;
      return new DecodedImage(format.shown(), width, height, pixels);
    } catch (IOException | RuntimeException e) {
      // Damaged bytes make readers throw any runtime exception: an index, a null, an argument.
      throw new UnreadableImageException(reason(e, warnings), e);
    } finally {
      // What damaged bytes leave in a reader is not for the next image.
      if (sound) {
        ImageReaders.giveBack(format, reader);
      } else {
        reader.dispose();
      }
    }
  }

  private void checkSize(int width, int height) throws UnreadableImageException {
    if ((long) width * height > maxPixels) {
      throw new UnreadableImageException(
          Text.format("claims %d×%d pixels, data.max-pixels allows %d", width, height, maxPixels));
    }
    if (resize == Resize.NONE && (width != imageSize || height != imageSize)) {
      throw new WrongSizeException(
          Text.format(
              "%d×%d pixels, data.image-size is %d and data.resize is none",
              width, height, imageSize));
    }
  }

  private byte[] pixels(BufferedImage image) {
    return image.getWidth() == imageSize && image.getHeight() == imageSize
        ? RgbPixels.of(image)
        : RgbPixels.of(ImageResizer.resized(RgbPixels.plain(image), imageSize, resize));
  }

  private static void checkWhole(ReadWarnings warnings) throws UnreadableImageException {
    if (warnings.truncated()) {
      throw new UnreadableImageException("truncated");
    }
    if (warnings.damage().isPresent()) {
      throw new UnreadableImageException("damaged: " + warnings.damage().get());
    }
  }

  private static String reason(Exception failure, ReadWarnings warnings) {
    if (warnings.truncated()) {
      return "truncated";
    }
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof EOFException) {
      return "truncated";
    }
    return "damaged: " + (cause.getMessage() == null ? cause : cause.getMessage());
  }
}
