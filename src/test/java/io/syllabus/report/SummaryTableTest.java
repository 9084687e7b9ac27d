package io.syllabus.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SummaryTableTest {

  @Test
  void alignsTheCyclesAndNamesWhatIsForeignAndTheBest() {
    assertThat(SummaryTable.render(Runs.of(Runs.FIRST, Runs.SECOND)))
        .isEqualToNormalizingNewlines(
            """
            cycle  percentile  threshold    selected  pseudo-label  validation      test  seconds
                0           -          -           -             -     62.50 %         -      2.5
                1          80     0.7500      12,345       50.00 %     87.50 %   81.25 %    101.3
            Cycle 1 took 12 images of classes without labels, 0.10 % of what it took
            Best by validation: cycle 1, validation 87.50 %, test 81.25 %
            """);
  }

  @Test
  void namesNoBestBeforeTheFirstCycleIsDone() {
    assertThat(SummaryTable.render(Runs.of()).lines())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("cycle");
  }

  @Test
  void aRunWithoutTestImagesHasADashForThem() {
    assertThat(SummaryTable.render(Runs.of(Runs.FIRST)))
        .contains("Best by validation: cycle 0, validation 62.50 %, test -");
  }
}
