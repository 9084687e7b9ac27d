package io.syllabus.augment;

import static io.syllabus.Checks.require;

import io.syllabus.config.DataSettings;
import java.io.Serializable;

/**
 * How large images are stored, and how large the network takes them.
 *
 * @param stored pixels a side, at least {@code taken}
 * @param taken pixels a side
 */
public record Framing(int stored, int taken) implements Serializable {
  private static final int CHANNELS = 3;

  public Framing {
    require(taken > 0, "taken must be positive, found: %s", taken);
    require(stored >= taken, "stored must be at least %s, found: %s", taken, stored);
  }

  /** Images that are taken as they are stored. */
  public static Framing of(int size) {
    return new Framing(size, size);
  }

  /** As settings say. */
  public static Framing of(DataSettings data) {
    return new Framing(data.sideStored(), data.imageSize());
  }

  /** Bytes of an image that is stored. */
  public int storedBytes() {
    return CHANNELS * stored * stored;
  }

  /** Bytes of an image that is taken. */
  public int takenBytes() {
    return CHANNELS * taken * taken;
  }

  /**
   * Cuts out the centre, as scoring does.
   *
   * @param image as it is stored; returned as it is where nothing is cut
   */
  public byte[] centre(byte[] image) {
    if (stored == taken) {
      return image;
    }
    byte[] cut = new byte[takenBytes()];
    int border = (stored - taken) / 2;
    int row = CHANNELS * taken;
    for (int y = 0; y < taken; y++) {
      int from = CHANNELS * ((border + y) * stored + border);
      System.arraycopy(image, from, cut, y * row, row);
    }
    return cut;
  }
}
