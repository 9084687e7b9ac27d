package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.spark.LocalSpark;
import io.syllabus.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierWeeksTest {
  @TempDir private Path folder;

  @Test
  void deletesRunsThatWereOvertakenAndNoOthers() throws IOException {
    write("2026-week-40/pixels/part-00000", "");
    write("2026-week-41/summary.json", "{\"state\": \"FINISHED\"}");
    write("2026-week-42/candidate.json", "{}");
    write("2026-week-43/shares/part-00000", "");
    write("2026-week-39/summary.json", "damaged");
    write("mine/pixels/part-00000", "");
    RecordingConsole console = new RecordingConsole();
    Store store = Store.at(folder.toString(), new Configuration());

    new EarlierWeeks(LocalSpark.session(), store, console)
        .giveUp(WeeklyRun.of("sunday", LocalDate.of(2026, 10, 26)));
    assertThat(console.text())
        .isEqualTo(
            "Run 2026-week-40 was not finished before 2026-week-43 began: it is given up, and file:"
                + folder
                + "/runs/2026-week-40 is gone");
    assertThat(folder.resolve("runs").toFile().list())
        .containsExactlyInAnyOrder(
            "2026-week-39", "2026-week-41", "2026-week-42", "2026-week-43", "mine");
  }

  @Test
  void aTrainingThatIsNotDueDoesNotBegin() {
    LocalDate tomorrow = LocalDate.now(ZoneId.systemDefault()).plusDays(1);
    assertThat(weekly(tomorrow.getDayOfWeek().name()))
        .matches(
            end ->
                end.exitCode() == 0
                    && end.said().startsWith("No training goes on, and the next begins on "));
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void refusesADayThatIsNone() {
    assertThat(weekly("someday"))
        .isEqualTo(
            new JobRunner.End(
                2,
                "The day of the week that trains is 1 (Monday) to 7, 0 (Sunday) or a name such as"
                    + " Sunday, found: someday"));
  }

  private JobRunner.End weekly(String day) {
    List<String> arguments = new ArrayList<>(List.of("--weekly", day, "--set", "store=" + folder));
    LocalSpark.DIGITS.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return JobRunner.execute(SelfTrain::new, arguments.toArray(String[]::new));
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve("runs").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
