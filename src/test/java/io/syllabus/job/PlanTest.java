package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  @TempDir private static Path folder;

  private static JobRunner.End plan(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--images", "1000000", "--workers", "4"));
    all.addAll(List.of("--set", "store=" + folder));
    all.addAll(List.of(arguments));
    return JobRunner.plan(all.toArray(String[]::new));
  }

  @Test
  void measuresWhatItIsNotTold() {
    JobRunner.End end = plan();

    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said())
        .containsPattern(
            "One worker: reads [0-9,]+ images a second of [0-9.]+ kB, augments [0-9,]+, trains on"
                + " [1-9][0-9,]*, scores [1-9][0-9,]*")
        .contains("2 cycles after the first, 4 workers, ");
  }

  @Test
  void countsWithAnothersRatesAndAPrice() {
    JobRunner.End end = plan("--trains", "10", "--scores", "1000", "--price", "2");

    assertThat(end.exitCode()).as(end.said()).isZero();
    // Three passes over the pool, and three over 2,000 validation images.
    assertThat(end.said()).contains("trains on 10, scores 1,000").contains("score     12 min 32 s");
    assertThat(end.said()).containsPattern("in all .* worker hours, cost [0-9,.]+");
  }

  @Test
  void countsWhatTheSettingsTakeOfEachClass() {
    JobRunner.End end =
        plan(
            "--trains=10",
            "--scores=1000",
            "--classes=10",
            "--set=data.generate.train-per-class=30006",
            "--set=data.split.validation-per-class=30000");

    assertThat(end.exitCode()).as(end.said()).isZero();
    // Three passes over the pool, and three over 300,000 validation images.
    assertThat(end.said()).contains("score     16 min 15 s");
  }

  @Test
  void refusesWhatCannotBePlanned() {
    assertThat(plan("--trains", "10", "--gigabits", "0"))
        .isEqualTo(
            new JobRunner.End(
                2,
                """
                --gigabits takes a number above 0, --price none below
                --trains and --scores go together"""));
  }
}
