package io.syllabus.select;

import static io.syllabus.Checks.require;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What one pass over confidences counts: of each prefix' group those whose leading bits are the
 * prefix, by the bits that follow it. A part of the confidences is counted by {@link #newCounts}
 * and {@link #add}; counts of parts are added up element by element.
 *
 * <p>Immutable, but for the counts that it is handed.
 */
public final class CountingPass implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NONE = -1;

  private final int shift;
  private final int bits;
  private final int slots;
  private final int prefixShift;

  // Per group its least and its greatest prefix, and where their counts lie.
  private final int[] leastPrefix;
  private final int[] leastSlot;
  private final int[] greatestPrefix;
  private final int[] greatestSlot;

  /**
   * Leading bits of confidences.
   *
   * @param group that is looked at
   * @param bits their value
   */
  public record Prefix(int group, int bits) implements Serializable {}

  /**
   * @param groups how many there are
   * @param prefixes two a group at most, all of one length
   * @param known length of the prefixes in bits, 0 to 31
   * @param bits how many of the bits that follow are counted by, 1 to 16
   */
  public CountingPass(int groups, List<Prefix> prefixes, int known, int bits) {
    require(bits >= 1 && bits <= 16, "bits must be in [1, 16], found: %s", bits);
    require(known >= 0 && known + bits <= Integer.SIZE, "known must leave %s bits", bits);
    this.bits = bits;
    this.slots = prefixes.size();
    this.shift = Integer.SIZE - known - bits;
    this.prefixShift = Integer.SIZE - known;
    this.leastPrefix = new int[groups];
    this.leastSlot = filled(groups);
    this.greatestPrefix = new int[groups];
    this.greatestSlot = filled(groups);
    for (int slot = 0; slot < slots; slot++) {
      Prefix prefix = prefixes.get(slot);
      boolean first = leastSlot[prefix.group] == NONE;
      require(first || greatestSlot[prefix.group] == NONE, "group %s has 3 prefixes", prefix.group);
      (first ? leastPrefix : greatestPrefix)[prefix.group] = prefix.bits;
      (first ? leastSlot : greatestSlot)[prefix.group] = slot;
    }
  }

  private static int[] filled(int groups) {
    int[] slots = new int[groups];
    Arrays.fill(slots, NONE);
    return slots;
  }

  /** Zeros for all counts: {@code 2^bits} of each prefix, one prefix after the other. */
  public long[] newCounts() {
    return new long[slots << bits];
  }

  /** Counts a confidence. */
  public void add(int group, float confidence, long[] counts) {
    int all = Float.floatToRawIntBits(confidence);
    // Shifted as long: a prefix of no bits shifts all of them out.
    int prefix = (int) ((all & 0xffffffffL) >>> prefixShift);
    int following = all >>> shift & (1 << bits) - 1;
    if (leastSlot[group] != NONE && leastPrefix[group] == prefix) {
      counts[(leastSlot[group] << bits) + following]++;
    } else if (greatestSlot[group] != NONE && greatestPrefix[group] == prefix) {
      counts[(greatestSlot[group] << bits) + following]++;
    }
  }

  /** The counts of one prefix. */
  long[] ofPrefix(int slot, long[] counts) {
    return Arrays.copyOfRange(counts, slot << bits, (slot + 1) << bits);
  }
}
