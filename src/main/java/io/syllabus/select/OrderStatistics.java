package io.syllabus.select;

import static io.syllabus.Checks.require;

import io.syllabus.select.CountingPass.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/**
 * Exact order statistics of any number of confidences, group by group, out of counts alone: radix
 * selection, in which each pass over the confidences finds the next bits of all that are looked
 * for. One group takes two passes of 16 bits; with many groups passes are of fewer bits, so that
 * counts need about 16 MiB whatever the pool's size. Not thread-safe.
 */
final class OrderStatistics {
  private static final int MOST_BITS = 16;
  private static final int COUNTS = 1 << 20;

  private final ConfidenceCounts confidences;
  private final int bitsAPass;
  private final List<long[]> first;

  /** Takes the first pass. */
  OrderStatistics(ConfidenceCounts confidences) {
    this.confidences = confidences;
    int groups = confidences.groups();
    require(groups >= 1, "confidences need a group, found: %s", groups);
    // Two prefixes a group may be looked for.
    int affordable = 31 - Integer.numberOfLeadingZeros(Math.max(2, COUNTS / groups));
    this.bitsAPass = Math.min(MOST_BITS, affordable);
    List<Prefix> all = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      all.add(new Prefix(group, 0));
    }
    this.first = counts(all, 0);
  }

  int groups() {
    return confidences.groups();
  }

  /** How many confidences a group has. */
  long total(int group) {
    return LongStream.of(first.get(group)).sum();
  }

  /**
   * A confidence that is looked for.
   *
   * @param rank from 0, the least of its group
   */
  record Wanted(int group, long rank) {}

  /** Finds confidences, two ranks a group at most. */
  Map<Wanted, Float> find(List<Wanted> wanted) {
    Map<Wanted, Trail> trails = new HashMap<>();
    for (Wanted each : wanted) {
      require(
          each.rank >= 0 && each.rank < total(each.group),
          "rank must be in [0, %s), found: %s",
          total(each.group),
          each.rank);
      trails.put(each, new Trail(each.rank).into(first.get(each.group), bitsAPass));
    }
    for (int known = bitsAPass; known < Integer.SIZE; known += bits(known)) {
      follow(trails, known);
    }
    Map<Wanted, Float> found = new HashMap<>();
    trails.forEach((each, trail) -> found.put(each, Float.intBitsToFloat(trail.prefix)));
    return found;
  }

  /**
   * The confidence of each group that so many of it reach; the least one where it has no more,
   * empty where it has none.
   *
   * @param count positive
   */
  List<OptionalDouble> largest(long count) {
    require(count > 0, "count must be positive, found: %s", count);
    List<Wanted> wanted = new ArrayList<>();
    for (int group = 0; group < groups(); group++) {
      if (total(group) > 0) {
        wanted.add(new Wanted(group, Math.max(0, total(group) - count)));
      }
    }
    Map<Wanted, Float> found = find(wanted);
    List<OptionalDouble> largest = new ArrayList<>();
    for (int group = 0; group < groups(); group++) {
      largest.add(OptionalDouble.empty());
    }
    found.forEach((each, value) -> largest.set(each.group, OptionalDouble.of(value)));
    return largest;
  }

  private void follow(Map<Wanted, Trail> trails, int known) {
    Map<Prefix, Integer> slots = new LinkedHashMap<>();
    trails.forEach(
        (each, trail) -> slots.putIfAbsent(new Prefix(each.group, trail.prefix), slots.size()));
    List<long[]> counts = counts(List.copyOf(slots.keySet()), known);
    trails.replaceAll(
        (each, trail) -> {
          int slot = slots.get(new Prefix(each.group, trail.prefix));
          return trail.into(counts.get(slot), bits(known));
        });
  }

  private List<long[]> counts(List<Prefix> prefixes, int known) {
    CountingPass pass = new CountingPass(confidences.groups(), prefixes, known, bits(known));
    long[] counts = confidences.count(pass);
    List<long[]> byPrefix = new ArrayList<>();
    for (int slot = 0; slot < prefixes.size(); slot++) {
      byPrefix.add(pass.ofPrefix(slot, counts));
    }
    return byPrefix;
  }

  private int bits(int known) {
    return Math.min(bitsAPass, Integer.SIZE - known);
  }

  /**
   * How far a search has come.
   *
   * @param prefix the leading bits found so far
   * @param rank among the confidences that have them
   */
  private record Trail(int prefix, long rank) {
    Trail(long rank) {
      this(0, rank);
    }

    Trail into(long[] counts, int bits) {
      long left = rank;
      for (int index = 0; index < counts.length; index++) {
        if (left < counts[index]) {
          return new Trail(prefix << bits | index, left);
        }
        left -= counts[index];
      }
      throw new IllegalStateException("The confidences changed between two passes over them");
    }
  }
}
