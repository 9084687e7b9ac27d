package io.syllabus.data;

import java.util.Locale;

/** What a source of images was given to a run for. */
public enum SourceRole {
  LABELED,
  UNLABELED,
  VALIDATION,
  TEST;

  /** The role as tables and messages write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role that {@link #text} gave this text for. */
  public static SourceRole of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
