package io.syllabus.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds the known key that a misspelt one most likely stands for. */
final class NearestKey {
  private NearestKey() {}

  /**
   * The known key with the fewest edits, where a key in the wrong section counts as one edit; empty
   * where more than half of the unknown key would have to change. The first of equals wins.
   */
  static Optional<String> to(String unknown, Collection<String> known) {
    Comparator<String> byEdits = Comparator.comparingInt(key -> edits(unknown, key));
    return known.stream()
        .min(byEdits.thenComparingInt(key -> distance(unknown, key)))
        .filter(key -> edits(unknown, key) <= unknown.length() / 2);
  }

  private static int edits(String unknown, String key) {
    return Math.min(distance(unknown, key), 1 + distance(lastPart(unknown), lastPart(key)));
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** Levenshtein's distance: insertions, deletions and replacements that turn a into b. */
  private static int distance(String a, String b) {
    int[] above = IntStream.rangeClosed(0, b.length()).toArray();
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
