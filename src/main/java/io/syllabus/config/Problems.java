package io.syllabus.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with some settings, gathered so that the user hears all of it at once. */
final class Problems {
  private final List<String> messages = new ArrayList<>();
  private final Set<String> doubtful = new HashSet<>();

  /** Adds a problem with the value of one key. */
  void add(String key, String message) {
    messages.add(message);
    doubtful.add(key);
  }

  /**
   * Adds the message unless the condition holds. A rule over a key that already has a problem says
   * nothing: what the user meant there is not known.
   */
  void require(boolean condition, String message, String... keys) {
    if (!condition && List.of(keys).stream().noneMatch(doubtful::contains)) {
      messages.add(message);
    }
  }

  /** Throws SettingsException if there is any problem. */
  void throwIfAny() {
    if (!messages.isEmpty()) {
      throw new SettingsException(messages);
    }
  }
}
