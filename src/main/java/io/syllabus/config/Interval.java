package io.syllabus.config;

import static io.syllabus.Checks.require;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers a setting may take.
 *
 * @param rule how a message puts it: {@code in (0, 10]}
 */
record Interval(
    String rule, BigDecimal low, boolean lowAllowed, BigDecimal high, boolean highAllowed) {
  private static final Pattern NOTATION = Pattern.compile("([\\[(])([^,]+), ([^,]+)([\\])])");

  /** Reads the mathematical notation: a square bracket allows the end, a round one does not. */
  static Interval of(String notation) {
    Matcher parts = NOTATION.matcher(notation);
    require(parts.matches(), "an interval is written like (0, 10], found: %s", notation);
    return new Interval(
        "in " + notation,
        new BigDecimal(parts.group(2)),
        parts.group(1).equals("["),
        new BigDecimal(parts.group(3)),
        parts.group(4).equals("]"));
  }

  /** Every whole number of 64 bits from here on. */
  static Interval atLeast(long low) {
    return new Interval(
        "at least " + low, BigDecimal.valueOf(low), true, BigDecimal.valueOf(Long.MAX_VALUE), true);
  }

  boolean contains(BigDecimal number) {
    int aboveLow = number.compareTo(low);
    int aboveHigh = number.compareTo(high);
    return (aboveLow > 0 || (aboveLow == 0 && lowAllowed))
        && (aboveHigh < 0 || (aboveHigh == 0 && highAllowed));
  }
}
