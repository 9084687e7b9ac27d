package io.syllabus.job;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The run of a week, for schedules that call every night: it begins on one day of the week, and
 * until the next one is due it is gone on with on any.
 *
 * @param day on which it begins
 * @param due the latest such day
 * @param isDueToday whether that is today
 */
record WeeklyRun(DayOfWeek day, LocalDate due, boolean isDueToday) {
  private static final Pattern ID = Pattern.compile("\\d{4}-week-\\d\\d");

  /**
   * The run that counts today.
   *
   * @param day 1 (Monday) to 7, 0 for Sunday, too, or an English name or its first three letters
   * @throws SettingsException where it is no day
   */
  static WeeklyRun of(String day, LocalDate today) {
    DayOfWeek found = parse(day);
    LocalDate due = today.with(TemporalAdjusters.previousOrSame(found));
    return new WeeklyRun(found, due, due.equals(today));
  }

  private static DayOfWeek parse(String day) {
    for (DayOfWeek each : DayOfWeek.values()) {
      if (day.equals(String.valueOf(each.getValue()))
          || day.equalsIgnoreCase(each.name())
          || day.equalsIgnoreCase(each.name().substring(0, 3))) {
        return each;
      }
    }
    if (day.equals("0")) {
      return DayOfWeek.SUNDAY;
    }
    throw new SettingsException(
        List.of(
            "The day of the week that trains is 1 (Monday) to 7, 0 (Sunday) or a name such as"
                + " Sunday, found: "
                + day));
  }

  /** Its name, by the week of ISO 8601. */
  String id() {
    return Text.format(
        "%04d-week-%02d",
        due.get(IsoFields.WEEK_BASED_YEAR), due.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  /** The day's name. */
  String dayName() {
    return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  /** Whether a run is one of an earlier week, which nobody goes on with any more. */
  boolean replaces(String runId) {
    return ID.matcher(runId).matches() && runId.compareTo(id()) < 0;
  }
}
