package io.syllabus.data;

import java.util.Arrays;
import java.util.Random;

/** CIFAR-10 binary files for tests. */
final class CifarFiles {
  static final int PLANE = 32 * 32;
  static final int RECORD = 1 + 3 * PLANE;

  private CifarFiles() {}

  /** A record a label, with random colours. */
  static byte[] batch(int... labels) {
    byte[] batch = new byte[labels.length * RECORD];
    new Random(7).nextBytes(batch);
    for (int i = 0; i < labels.length; i++) {
      batch[i * RECORD] = (byte) labels[i];
    }
    return batch;
  }

  /** The pixels of a record as a decoder gives them. */
  static byte[] pixels(byte[] batch, int record) {
    byte[] planes = Arrays.copyOfRange(batch, record * RECORD + 1, (record + 1) * RECORD);
    byte[] pixels = new byte[planes.length];
    for (int i = 0; i < PLANE; i++) {
      for (int band = 0; band < 3; band++) {
        pixels[3 * i + band] = planes[band * PLANE + i];
      }
    }
    return pixels;
  }
}
