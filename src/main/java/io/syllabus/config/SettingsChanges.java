package io.syllabus.config;

import com.typesafe.config.ConfigValue;
import io.syllabus.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What differs between a run's settings and those that it is to go on with. */
public final class SettingsChanges {
  private SettingsChanges() {}

  /** Whether a key has no part in what a run comes to: where it runs, and where its store lies. */
  public static boolean leavesTheRunAsItIs(String key) {
    return key.equals("store") || key.startsWith("cluster.") || key.startsWith("spark.");
  }

  /** A sentence a key that differs, but for those that leave the run as it is. */
  public static List<String> between(Settings before, Settings now) {
    Map<String, ConfigValue> old = Layers.json(SettingsJson.write(before));
    Map<String, ConfigValue> given = Layers.json(SettingsJson.write(now));
    TreeSet<String> keys = new TreeSet<>(old.keySet());
    keys.addAll(given.keySet());
    keys.removeIf(SettingsChanges::leavesTheRunAsItIs);
    List<String> changes = new ArrayList<>();
    for (String key : keys) {
      Object was = old.get(key).unwrapped();
      Object is = given.get(key).unwrapped();
      if (!was.equals(is)) {
        changes.add(Text.format("%s was %s, is now %s", key, was, is));
      }
    }
    return changes;
  }
}
