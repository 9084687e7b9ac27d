package io.syllabus;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;

/**
 * Text that reads the same in every country: numbers and names of files, too, have digits 0 to 9.
 */
public final class Text {
  private Text() {}

  /**
   * What {@link String#format(String, Object...)} gives where the locale is {@link Locale#ROOT}.
   */
  @FormatMethod
  public static String format(@FormatString String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
