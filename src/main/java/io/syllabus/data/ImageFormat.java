package io.syllabus.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The ways of storing an image that can be read, told by a file's first bytes. */
enum ImageFormat {
  JPEG("\\xff\\xd8\\xff"),
  PNG("\\x89PNG\\r\\n\\x1a\\n"),
  GIF("GIF8"),
  BMP("BM"),
  TIFF("II\\x2a\\x00|MM\\x00\\x2a");

  private static final int LONGEST_MAGIC = 8;

  private final Pattern magic;

  ImageFormat(String magic) {
    this.magic = Pattern.compile(magic);
  }

  /** The format of a file's content; empty where it is none of these. */
  static Optional<ImageFormat> of(byte[] content) {
    int length = Math.min(content.length, LONGEST_MAGIC);
    String start = new String(content, 0, length, StandardCharsets.ISO_8859_1);
    return Arrays.stream(values()).filter(f -> f.magic.matcher(start).lookingAt()).findFirst();
  }

  /** As users see it: "jpeg". */
  String shown() {
    return name().toLowerCase(Locale.ROOT);
  }
}
