package io.syllabus.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.evaluate.Proportion;
import io.syllabus.select.ConfidenceBands;
import org.junit.jupiter.api.Test;

class ExpectedPrecisionTest {
  private static final ConfidenceBands EVEN = ConfidenceBands.even(2);

  @Test
  void isTheShareOfRightLabelsOfTheClassAndBand() {
    LabelCounts heldOut = new LabelCounts(EVEN);
    add(heldOut, 0, 0.95, 18, 20);
    add(heldOut, 1, 0.95, 5, 10);
    add(heldOut, 0, 0.65, 3, 10);
    ExpectedPrecision precision = new ExpectedPrecision(heldOut);
    assertThat(precision.of(0, 0.99)).isEqualTo(Proportion.of(18, 20));
    assertThat(precision.of(1, 0.8)).isEqualTo(Proportion.of(5, 10));
    assertThat(precision.of(0, 0.6)).isEqualTo(Proportion.of(3, 10));
  }

  @Test
  void aClassWithFewTakesItsBandAndABandWithFewTakesAll() {
    LabelCounts heldOut = new LabelCounts(EVEN);
    add(heldOut, 0, 0.95, 18, 20);
    add(heldOut, 1, 0.95, 1, 9);
    add(heldOut, 1, 0.15, 0, 9);
    ExpectedPrecision precision = new ExpectedPrecision(heldOut);
    assertThat(precision.of(1, 0.95)).isEqualTo(Proportion.of(19, 29));
    assertThat(precision.of(1, 0.15)).isEqualTo(Proportion.of(19, 38));
    assertThat(precision.of(0, 0.45)).isEqualTo(Proportion.of(19, 38));
  }

  @Test
  void surerLabelsAreAsGoodAsThoseOfTheirRank() {
    LabelCounts heldOut = new LabelCounts(EVEN);
    add(heldOut, 0, 0.95, 18, 20);
    add(heldOut, 0, 0.65, 3, 10);
    ExpectedPrecision precision = new ExpectedPrecision(heldOut);
    double[] surer = {0.5, 0.7, 0.9, 0.99};
    ExpectedPrecision among = precision.among(ConfidenceBands.of(new double[][] {surer, surer}));
    assertThat(among.of(0, 0.97)).isEqualTo(precision.of(0, 0.7));
    assertThat(among.of(0, 0.99)).isEqualTo(precision.of(0, 0.8));
  }

  @Test
  void ofAllIsTheMeanOverWhatIsPublished() {
    LabelCounts heldOut = new LabelCounts(EVEN);
    add(heldOut, 0, 0.95, 90, 100);
    add(heldOut, 1, 0.55, 40, 100);
    LabelCounts given = new LabelCounts(EVEN);
    for (int i = 0; i < 300; i++) {
      given.add(0, 0.99);
    }
    for (int i = 0; i < 100; i++) {
      given.add(1, 0.5);
    }
    Proportion all = new ExpectedPrecision(heldOut).of(given.byLabel());
    assertThat(all.share()).isCloseTo(0.75 * 0.9 + 0.25 * 0.4, within(1e-12));
    double error =
        Math.hypot(
            0.75 * Proportion.of(90, 100).standardError(),
            0.25 * Proportion.of(40, 100).standardError());
    assertThat(all.standardError()).isCloseTo(error, within(1e-12));
  }

  @Test
  void ofAllDoesNotDependOnHowSureTheModelIs() {
    LabelCounts heldOut = new LabelCounts(EVEN);
    add(heldOut, 0, 0.95, 45, 50);
    add(heldOut, 0, 0.35, 15, 50);
    LabelCounts given = new LabelCounts(EVEN);
    for (int i = 0; i < 100; i++) {
      given.add(0, 0.99);
    }
    ExpectedPrecision precision = new ExpectedPrecision(heldOut);
    assertThat(precision.of(given.byLabel()).share()).isCloseTo(0.6, within(1e-12));
    assertThat(precision.of(0, 0.99).share()).isEqualTo(0.9);
  }

  @Test
  void withoutHeldOutImagesNothingIsKnown() {
    LabelCounts given = new LabelCounts(EVEN);
    given.add(1, 0.5);
    ExpectedPrecision precision = new ExpectedPrecision(new LabelCounts(EVEN));
    assertThat(precision.of(1, 0.5)).isEqualTo(new Proportion(0.5, 0, 1));
    assertThat(precision.of(given.byLabel()).low()).isCloseTo(0, within(1e-12));
    assertThat(precision.of(new LabelCounts(EVEN).byLabel())).isEqualTo(new Proportion(0.5, 0, 1));
  }

  private static void add(LabelCounts counts, int label, double confidence, int right, int images) {
    for (int i = 0; i < images; i++) {
      counts.add(label, confidence, i < right);
    }
  }
}
