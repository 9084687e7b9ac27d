package io.syllabus.augment;

import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** Operations that replace each value of a channel by another, as Pillow's ImageOps do. */
final class Tone {
  private static final int WHITE = 255;

  private Tone() {}

  /** Black becomes white and white black. */
  static byte[] invert(byte[] image) {
    return mapped(image, Mapping.of(value -> WHITE - value));
  }

  /**
   * Inverts what is bright.
   *
   * @param threshold the least value that is inverted, 0 to 256
   */
  static byte[] solarize(byte[] image, double threshold) {
    return mapped(image, Mapping.of(value -> value < threshold ? value : WHITE - value));
  }

  /**
   * Keeps the high bits of each value.
   *
   * @param bits 0 to 8
   */
  static byte[] posterize(byte[] image, int bits) {
    int kept = WHITE << (8 - bits) & WHITE;
    return mapped(image, Mapping.of(value -> value & kept));
  }

  /** Stretches each channel from its least and greatest value to 0 and 255. */
  static byte[] autoContrast(byte[] image) {
    return mapped(image, channel -> stretched(Histogram.of(image, channel)));
  }

  private static Mapping stretched(Histogram histogram) {
    int least = histogram.least();
    int greatest = histogram.greatest();
    if (greatest <= least) {
      return Mapping.of(value -> value);
    }
    double scale = (double) WHITE / (greatest - least);
    double offset = -least * scale;
    return Mapping.of(value -> Math.max(0, Math.min(WHITE, (int) (value * scale + offset))));
  }

  /** Evens out each channel's histogram. */
  static byte[] equalize(byte[] image) {
    return mapped(image, channel -> evened(Histogram.of(image, channel)));
  }

  private static Mapping evened(Histogram histogram) {
    int[] counts = histogram.counts();
    int step = (histogram.total() - counts[histogram.greatest()]) / WHITE;
    if (step == 0) {
      return Mapping.of(value -> value);
    }
    byte[] values = new byte[counts.length];
    int below = step / 2;
    for (int value = 0; value < values.length; value++) {
      values[value] = (byte) Math.min(WHITE, below / step);
      below += counts[value];
    }
    return new Mapping(values);
  }

  private static byte[] mapped(byte[] image, Mapping mapping) {
    return mapped(image, channel -> mapping);
  }

  private static byte[] mapped(byte[] image, IntFunction<Mapping> ofChannel) {
    byte[] mapped = new byte[image.length];
    for (int channel = 0; channel < 3; channel++) {
      byte[] values = ofChannel.apply(channel).values;
      for (int i = channel; i < image.length; i += 3) {
        mapped[i] = values[image[i] & 0xff];
      }
    }
    return mapped;
  }

  /** What each of the 256 values becomes. */
  private record Mapping(byte[] values) {
    static Mapping of(IntUnaryOperator function) {
      byte[] values = new byte[WHITE + 1];
      for (int value = 0; value < values.length; value++) {
        values[value] = (byte) function.applyAsInt(value);
      }
      return new Mapping(values);
    }
  }
}
