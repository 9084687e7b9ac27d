package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.config.SettingsException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeeklyRunTest {
  private static final LocalDate SATURDAY = LocalDate.of(2026, 11, 28);

  @ParameterizedTest
  @ValueSource(strings = {"0", "7", "Sunday", "sunday", "SUN", "sun"})
  void knowsSundayByManyNames(String day) {
    assertThat(WeeklyRun.of(day, SATURDAY).day()).isEqualTo(DayOfWeek.SUNDAY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "Friday", "FRI"})
  void countsFromMonday(String day) {
    assertThat(WeeklyRun.of(day, SATURDAY).dayName()).isEqualTo("Friday");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "-1", "", "so", "07", "Sundays", "1,4"})
  void refusesWhatIsNoDay(String day) {
    assertThatThrownBy(() -> WeeklyRun.of(day, SATURDAY))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "The day of the week that trains is 1 (Monday) to 7, 0 (Sunday) or a name such as"
                + " Sunday, found: "
                + day);
  }

  @Test
  void isTheSameRunUntilTheNextOneIsDue() {
    WeeklyRun due = WeeklyRun.of("sat", SATURDAY);
    assertThat(due.id()).isEqualTo("2026-week-48");
    assertThat(due.isDueToday()).isTrue();
    for (int days = 1; days < 7; days++) {
      WeeklyRun later = WeeklyRun.of("sat", SATURDAY.plusDays(days));
      assertThat(later.id()).isEqualTo("2026-week-48");
      assertThat(later.isDueToday()).isFalse();
    }
    assertThat(WeeklyRun.of("sat", SATURDAY.plusDays(7)).id()).isEqualTo("2026-week-49");
  }

  @Test
  void namesTheWeekByTheYearThatItBelongsTo() {
    assertThat(WeeklyRun.of("5", LocalDate.of(2027, 1, 1)).id()).isEqualTo("2026-week-53");
  }

  @Test
  void replacesUnfinishedRunsOfEarlierWeeksAlone() {
    WeeklyRun run = WeeklyRun.of("sat", SATURDAY);
    assertThat(run.replaces("2026-week-47")).isTrue();
    assertThat(run.replaces("2025-week-52")).isTrue();
    assertThat(run.replaces("2026-week-48")).isFalse();
    assertThat(run.replaces("2026-week-49")).isFalse();
    assertThat(run.replaces("2026-week-47-by-hand")).isFalse();
    assertThat(run.replaces("mine")).isFalse();
  }
}
