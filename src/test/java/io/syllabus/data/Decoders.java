package io.syllabus.data;

import io.syllabus.config.DataSettings.Resize;

/** Decoders for tests. */
final class Decoders {
  static final long MAX_PIXELS = 1_000_000;

  private Decoders() {}

  static ImageDecoder exact(int size) {
    return new ImageDecoder(size, Resize.NONE, MAX_PIXELS);
  }
}
