package io.syllabus.data;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.syllabus.config.SettingsException;
import io.syllabus.natives.Natives;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JPEG, decoded by libjpeg-turbo. At full size the pixels are those of Java's own reader, to
 * the bit; at a half, a quarter or an eighth of the size it decodes no more than it needs.
 *
 * <p>What it takes is whole, and grey or RGB. What there is anything to remark on, it leaves to a
 * reader that knows more of it.
 */
final class TurboJpeg implements AutoCloseable {
  private final byte[] bytes;
  private final Pointer decompressor;
  private final int width;
  private final int height;
  private final boolean readable;

  /**
   * Reads the header.
   *
   * @param bytes of the file
   */
  TurboJpeg(byte[] bytes) {
    this(bytes, Library::tjDecompressHeader3);
  }

  /**
   * Reads the header.
   *
   * @param bytes of the file
   * @param header the library's function, or one that answers otherwise
   */
  TurboJpeg(byte[] bytes, Header header) {
    this.bytes = bytes;
    this.decompressor = Library.tjInitDecompress();
    int[] widthRead = new int[1];
    int[] heightRead = new int[1];
    int[] colorSpace = new int[1];
    int result =
        header.read(
            decompressor, bytes, bytes.length, widthRead, heightRead, new int[1], colorSpace);
    this.width = widthRead[0];
    this.height = heightRead[0];
    // Version 2.1 says of a header that is cut short that all is well, with 0 × 0 pixels.
    this.readable =
        result == 0
            && width > 0
            && height > 0
            && colorSpace[0] >= 0
            && colorSpace[0] <= Library.TJCS_GRAY;
  }

  /** Whether our jars have the library for this platform. */
  static boolean isAvailable() {
    return Library.IS_LOADED;
  }

  /** Whether the header is sound, and of colours that are grey or RGB. */
  boolean isReadable() {
    return readable;
  }

  /** Width of the whole image in pixels. */
  int width() {
    return width;
  }

  /** Height of the whole image in pixels. */
  int height() {
    return height;
  }

  /**
   * Decodes the image.
   *
   * @param reduction 1, 2, 4 or 8: each side of the result is that part of the image's, rounded up
   * @return of the type 3BYTE_BGR; empty where the bytes are not sound, or too many for an array
   */
  Optional<BufferedImage> image(int reduction) {
    int columns = reduced(width, reduction);
    int rows = reduced(height, reduction);
    if (3L * columns * rows > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_3BYTE_BGR);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int result =
        Library.tjDecompress2(
            decompressor,
            bytes,
            bytes.length,
            pixels,
            columns,
            3 * columns,
            rows,
            Library.TJPF_BGR,
            Library.NO_FLAGS);
    return result == 0 ? Optional.of(image) : Optional.empty();
  }

  private static int reduced(int side, int reduction) {
    return (side + reduction - 1) / reduction;
  }

  @Override
  public void close() {
    Library.tjDestroy(decompressor);
  }

  /** Reads a JPEG's header as turbojpeg.h has it; 0 where all is well. */
  interface Header {
    int read(
        Pointer decompressor,
        byte[] jpeg,
        long size,
        int[] width,
        int[] height,
        int[] subsampling,
        int[] colorSpace);
  }

  /** What of turbojpeg.h is needed, by its own names. */
  private static final class Library {
    /** The greatest of the colour spaces that RGB can be made of: RGB, YCbCr, grey. */
    static final int TJCS_GRAY = 2;

    static final int TJPF_BGR = 1;
    static final int NO_FLAGS = 0;
    static final boolean IS_LOADED = load();

    private Library() {}

    private static boolean load() {
      Logger log = LoggerFactory.getLogger(TurboJpeg.class);
      try {
        // By absolute path: by its name, the machine's would come before our own.
        String library = Natives.turboJpeg().toString();
        Native.register(Library.class, NativeLibrary.getInstance(library));
        log.info("libjpeg-turbo decodes JPEGs: {}", library);
        return true;
      } catch (LinkageError | SettingsException e) {
        log.info("Java decodes JPEGs, libjpeg-turbo does not load: {}", e.getMessage());
        return false;
      }
    }

    static native Pointer tjInitDecompress();

    static native int tjDecompressHeader3(
        Pointer handle,
        byte[] jpeg,
        long size,
        int[] width,
        int[] height,
        int[] subsampling,
        int[] colorSpace);

    static native int tjDecompress2(
        Pointer handle,
        byte[] jpeg,
        long size,
        byte[] pixels,
        int width,
        int pitch,
        int height,
        int pixelFormat,
        int flags);

    static native int tjDestroy(Pointer handle);
  }
}
