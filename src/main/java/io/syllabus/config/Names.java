package io.syllabus.config;

import java.util.Locale;

/** How names in Java are written in settings: lower case, words joined by hyphens. */
final class Names {
  private Names() {}

  /** {@code SMALL_CNN} is {@code small-cnn}. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@code batchSize} is {@code batch-size}. */
  static String ofComponent(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
