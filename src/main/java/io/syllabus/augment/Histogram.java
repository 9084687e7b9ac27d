package io.syllabus.augment;

/** How often each value occurs in one channel of an image. */
record Histogram(int[] counts) {
  private static final int VALUES = 256;

  /**
   * Counts a channel.
   *
   * @param channel 0, 1 or 2 for red, green or blue
   */
  static Histogram of(byte[] image, int channel) {
    int[] counts = new int[VALUES];
    for (int i = channel; i < image.length; i += 3) {
      counts[image[i] & 0xff]++;
    }
    return new Histogram(counts);
  }

  /** The least value that occurs. */
  int least() {
    int value = 0;
    while (counts[value] == 0) {
      value++;
    }
    return value;
  }

  /** The greatest value that occurs. */
  int greatest() {
    int value = VALUES - 1;
    while (counts[value] == 0) {
      value--;
    }
    return value;
  }

  int total() {
    int total = 0;
    for (int count : counts) {
      total += count;
    }
    return total;
  }
}
