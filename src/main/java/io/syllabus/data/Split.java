package io.syllabus.data;

import java.util.Locale;

/** What a run uses an image for. */
public enum Split {
  /** Trained on with its true label. */
  LABELED,
  /** Chooses epoch and cycle. */
  VALIDATION,
  /** Scored, and trained on with pseudo-labels. */
  POOL,
  /** Only measured on. */
  TEST,
  /** Left out: the class had more images than the split asks for. */
  UNUSED;

  /** The split as tables write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The split that {@link #text} gave this text for. */
  public static Split of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
