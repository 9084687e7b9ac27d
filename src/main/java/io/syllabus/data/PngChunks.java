package io.syllabus.data;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The chunks of a PNG: a length, a name, data and a checksum each. */
final class PngChunks {
  private static final int SIGNATURE_BYTES = 8;
  private static final int HEAD_BYTES = 8;
  private static final int CHECKSUM_BYTES = 4;
  private static final int PIXELS = 0x49444154; // IDAT
  private static final int END = 0x49454e44; // IEND
  private static final int CHECKSUM_OF_END = 0xae426082;

  private PngChunks() {}

  /**
   * Ends a PNG that is cut among its pixels or after them: the chunk that is cut becomes as long as
   * what there is of it, without a true checksum, since Java's reader checks none; then comes the
   * end chunk. Whether all pixels are there is not looked at: a reader misses what is missing.
   *
   * @return empty where the file has its end chunk, or is cut before its pixels
   */
  static Optional<byte[]> ended(byte[] png) {
    ByteBuffer bytes = ByteBuffer.wrap(png);
    boolean hasPixels = false;
    int at = SIGNATURE_BYTES;
    while (at + HEAD_BYTES <= png.length) {
      int length = bytes.getInt(at);
      int name = bytes.getInt(at + 4);
      if (name == END || length < 0) {
        return Optional.empty();
      }
      hasPixels |= name == PIXELS;
      if (length > png.length - at - HEAD_BYTES - CHECKSUM_BYTES) {
        int there = Math.min(length, png.length - at - HEAD_BYTES);
        return hasPixels ? Optional.of(ended(png, at, there)) : Optional.empty();
      }
      at += HEAD_BYTES + length + CHECKSUM_BYTES;
    }
    return hasPixels ? Optional.of(withEnd(png, at)) : Optional.empty();
  }

  private static byte[] ended(byte[] png, int at, int length) {
    byte[] ended = withEnd(png, at + HEAD_BYTES + length + CHECKSUM_BYTES);
    ByteBuffer.wrap(ended).putInt(at, length);
    return ended;
  }

  private static byte[] withEnd(byte[] png, int at) {
    return ByteBuffer.allocate(at + HEAD_BYTES + CHECKSUM_BYTES)
        .put(png, 0, Math.min(at, png.length))
        .putInt(at, 0)
        .putInt(at + 4, END)
        .putInt(at + HEAD_BYTES, CHECKSUM_OF_END)
        .array();
  }
}
