package io.syllabus.network;

/** How a byte of a pixel becomes a network's input: 0 to 255 is mapped onto [-1, 1]. */
final class Pixels {
  static final int CHANNELS = 3;

  private static final float[] SCALED = new float[256];

  static {
    for (int value = 0; value < SCALED.length; value++) {
      SCALED[value] = value / 127.5f - 1;
    }
  }

  private Pixels() {}

  /**
   * The other way round, rounded.
   *
   * @param planes has red, green and blue planes from {@code offset} on
   * @param image receives RGB interleaved
   */
  static void toBytes(float[] planes, int offset, byte[] image) {
    int plane = image.length / CHANNELS;
    for (int i = 0; i < image.length; i++) {
      float value = planes[offset + i % CHANNELS * plane + i / CHANNELS];
      image[i] = (byte) Math.max(0, Math.min(255, Math.round((value + 1) * 127.5f)));
    }
  }

  /**
   * Writes an image as one plane a channel.
   *
   * @param image RGB interleaved, rows from top to bottom
   * @param planes receives red, green and blue planes from {@code offset} on
   */
  static void toPlanes(byte[] image, float[] planes, int offset) {
    int plane = image.length / CHANNELS;
    int red = offset;
    int green = red + plane;
    int blue = green + plane;
    // Written out: a loop over the channels takes several times as long.
    for (int from = 0; from < image.length; from += CHANNELS) {
      planes[red++] = SCALED[image[from] & 0xff];
      planes[green++] = SCALED[image[from + 1] & 0xff];
      planes[blue++] = SCALED[image[from + 2] & 0xff];
    }
  }
}
