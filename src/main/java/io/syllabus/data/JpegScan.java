package io.syllabus.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The scan of a JPEG that holds all of its pixels: baseline or extended sequential, and one scan of
 * all components. Where it ends the pixels end, so it can do without the file's end mark.
 *
 * <p>A progressive file and one of several scans cannot: cut between two scans it looks as if only
 * the end mark were missing.
 */
final class JpegScan {
  private static final int MARKER = 0xff;
  private static final int BASELINE_FRAME = 0xc0;
  private static final int SEQUENTIAL_FRAME = 0xc1;
  private static final int FIRST_RESTART = 0xd0;
  private static final int LAST_RESTART = 0xd7;
  private static final int START_OF_IMAGE_BYTES = 2;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;

  // Counted from the segment's marker, as ITU-T T.81 has them in B.2.2 and B.2.3.
  private static final int COMPONENTS_OF_FRAME = 9;
  private static final int COMPONENTS_OF_SCAN = 4;
  private static final int SHORTEST_SCAN_HEADER = 10;

  private JpegScan() {}

  /**
   * Puts an end mark after the scan of a JPEG that has none there. Whether the scan is whole is not
   * looked at: a decoder remarks on what it misses.
   *
   * @return empty where the file has its end mark, or its pixels may lie in more than one scan
   */
  static Optional<byte[]> ended(byte[] jpeg) {
    return dataStart(jpeg)
        .map(start -> dataEnd(jpeg, start))
        .filter(end -> !isMarkedAsEnd(jpeg, end))
        .map(end -> withEndMark(jpeg, end));
  }

  // Goes from segment to segment, since one may hold a whole JPEG: a camera's small preview.
  private static Optional<Integer> dataStart(byte[] jpeg) {
    ByteBuffer bytes = ByteBuffer.wrap(jpeg);
    int components = 0;
    int at = START_OF_IMAGE_BYTES;
    while (at + SHORTEST_SCAN_HEADER <= jpeg.length && unsigned(jpeg, at) == MARKER) {
      int kind = unsigned(jpeg, at + 1);
      int end = at + 2 + Short.toUnsignedInt(bytes.getShort(at + 2));
      if (kind == START_OF_SCAN) {
        boolean hasAll = components > 0 && unsigned(jpeg, at + COMPONENTS_OF_SCAN) == components;
        return hasAll && end <= jpeg.length ? Optional.of(end) : Optional.empty();
      }
      if (kind == BASELINE_FRAME || kind == SEQUENTIAL_FRAME) {
        components = unsigned(jpeg, at + COMPONENTS_OF_FRAME);
      }
      // Any number of the marker's first byte may stand before it.
      at = kind == MARKER ? at + 1 : end;
    }
    return Optional.empty();
  }

  private static int dataEnd(byte[] jpeg, int start) {
    for (int at = start; at + 1 < jpeg.length; at++) {
      if (unsigned(jpeg, at) == MARKER && endsData(unsigned(jpeg, at + 1))) {
        return at;
      }
    }
    boolean cutInMarker = unsigned(jpeg, jpeg.length - 1) == MARKER && start < jpeg.length;
    return cutInMarker ? jpeg.length - 1 : jpeg.length;
  }

  private static boolean endsData(int kind) {
    boolean stuffed = kind == 0 || kind == MARKER;
    return !stuffed && (kind < FIRST_RESTART || kind > LAST_RESTART);
  }

  private static boolean isMarkedAsEnd(byte[] jpeg, int at) {
    return at + 1 < jpeg.length && unsigned(jpeg, at + 1) == END_OF_IMAGE;
  }

  private static byte[] withEndMark(byte[] jpeg, int end) {
    byte[] ended = Arrays.copyOf(jpeg, end + 2);
    ended[end] = (byte) MARKER;
    ended[end + 1] = (byte) END_OF_IMAGE;
    return ended;
  }

  private static int unsigned(byte[] jpeg, int at) {
    return Byte.toUnsignedInt(jpeg[at]);
  }
}
