package io.syllabus;

import com.google.errorprone.annotations.FormatMethod;

/** The one-line contract check that records and constructors use. */
public final class Checks {
  private Checks() {}

  /** Throws IllegalArgumentException with the formatted message unless the condition holds. */
  @FormatMethod
  public static void require(boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw new IllegalArgumentException(Text.format(message, arguments));
    }
  }
}
