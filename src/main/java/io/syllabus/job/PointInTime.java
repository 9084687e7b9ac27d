package io.syllabus.job;

import io.syllabus.config.SettingsException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/** Times as a person writes them in options. */
final class PointInTime {
  private PointInTime() {}

  /**
   * Reads a time in ISO 8601: a date alone means the end of that day, a time without a zone is that
   * of this machine.
   *
   * @throws SettingsException where it is none
   */
  static Instant of(String text) {
    ZoneId here = ZoneId.systemDefault();
    List<Function<String, Instant>> readers =
        List.of(
            t -> OffsetDateTime.parse(t).toInstant(),
            t -> LocalDateTime.parse(t).atZone(here).toInstant(),
            t -> LocalDate.parse(t).plusDays(1).atStartOfDay(here).toInstant().minusNanos(1));
    for (Function<String, Instant> reader : readers) {
      try {
        return reader.apply(text);
      } catch (DateTimeException e) {
        // Then it is written in another way.
      }
    }
    throw new SettingsException(
        List.of("a version is a number or a time such as 2026-11-24T03:00, found: " + text));
  }
}
