package io.syllabus.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.config.PublishSettings;
import io.syllabus.publish.QualityGates.Published;
import io.syllabus.select.ConfidenceBands;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QualityGatesTest {
  private static final PublishSettings LIMITS = new PublishSettings(true, 0.02, 5, 0.5, 0.5, 0.02);
  private static final int RIGHT = 70;

  @Test
  void letGoodLabelsPass() {
    assertThat(refusals(candidate(0.8, 50, 0), published(0.8, 100, 10))).isEmpty();
    assertThat(gates().refusals(candidate(0.8, 50, 0), Optional.empty(), Optional.empty()))
        .isEmpty();
  }

  @Test
  void accuracyMayFallByTheLimitAndNoMore() {
    assertThat(refusals(candidate(0.75, 50, 0), published(0.7699, 100, 10))).isEmpty();
    assertThat(refusals(candidate(0.75, 50, 0), published(0.78, 100, 10)))
        .containsExactly(
            "publish.max-accuracy-drop is 0.02, and validation accuracy falls from 78.00 % (run"
                + " before) to 75.00 %");
  }

  @Test
  void theFirstPublicationIsComparedWithNone() {
    assertThat(gates().refusals(candidate(0.01, 50, 0), Optional.empty(), Optional.empty()))
        .isEmpty();
  }

  @Test
  void labelsMayChangeByTheLimitAndNoMore() {
    assertThat(refusals(candidate(0.8, 50, 0), published(0.8, 100, 50))).isEmpty();
    assertThat(refusals(candidate(0.8, 50, 0), published(0.8, 100, 51)))
        .containsExactly(
            "publish.max-changed is 0.5, and 51 of 100 labels (51.00 %) differ from version 7");
  }

  @Test
  void versionsWithoutACommonImageDifferInNone() {
    assertThat(refusals(candidate(0.8, 50, 0), published(0.8, 0, 0))).isEmpty();
  }

  @Test
  void aClassMayGrowByTheRatioAndNoMore() {
    // Half of the true labels are "one": of the labels given it may have a tenth.
    assertThat(refusals(candidate(0.8, 10, 0), published(0.8, 100, 10))).isEmpty();
    assertThat(refusals(candidate(0.8, 9, 0), published(0.8, 100, 10)))
        .containsExactly(
            "publish.max-share-ratio is 5.0, and class \"one\" has 9.00 % of the labels given,"
                + " 50.00 % of the true ones");
  }

  @Test
  void aClassMayNotExplode() {
    Candidate candidate = candidate(List.of(90L, 10L), 49, 0);
    assertThat(refusals(candidate, published(0.8, 100, 10)))
        .containsExactly(
            "publish.max-share-ratio is 5.0, and class \"two\" has 51.00 % of the labels given,"
                + " 10.00 % of the true ones");
    assertThat(refusals(candidate(List.of(90L, 10L), 50, 0), published(0.8, 100, 10))).isEmpty();
  }

  @Test
  void aClassOfWhichFewAreToBeExpectedMayHaveNone() {
    assertThat(refusals(candidate(List.of(91L, 9L), 100, 0), published(0.8, 100, 10))).isEmpty();
    assertThat(refusals(candidate(List.of(90L, 10L), 100, 0), published(0.8, 100, 10)))
        .containsExactly(
            "publish.max-share-ratio is 5.0, and class \"two\" has 0.00 % of the labels given,"
                + " 10.00 % of the true ones");
  }

  @Test
  void sharesMayBeAnyWhereThereIsNoLimit() {
    QualityGates gates = new QualityGates(new PublishSettings(true, 0.02, 0, 0.5, 0.5, 0.02));
    assertThat(gates.refusals(candidate(0.8, 0, 0), Optional.empty(), Optional.empty())).isEmpty();
    assertThat(gates().refusals(candidate(0.8, 0, 0), Optional.empty(), Optional.empty()))
        .hasSize(1);
  }

  @Test
  void expectedPrecisionMayBeTheLimitAndNotLess() {
    Candidate candidate = candidate(0.8, 50, 0);
    assertThat(
            new QualityGates(limits(0.7)).refusals(candidate, Optional.empty(), Optional.empty()))
        .isEmpty();
    assertThat(
            new QualityGates(limits(0.71)).refusals(candidate, Optional.empty(), Optional.empty()))
        .containsExactly("publish.min-precision is 0.71, and the expected precision is 70.00 %");
  }

  @Test
  void anAuditRefusesWhatIsSurelyLessPreciseThanTheLimit() {
    Candidate candidate = candidate(0.8, 50, 0);
    // Of 4 images none is right: the share may still be 48.99 %; of 8 it is at most 32.44 %.
    QualityGates gates = new QualityGates(limits(0.4));
    assertThat(gates.refusals(candidate, Optional.empty(), Optional.of(new Audit(4, 0)))).isEmpty();
    String refusal =
        "publish.min-precision is 0.4, and an audit found 0 of 8 labels right, 0.00 % (0.00 % to"
            + " 32.44 %)";
    assertThat(gates.refusals(candidate, Optional.empty(), Optional.of(new Audit(8, 0))))
        .containsExactly(refusal);
    assertThat(gates.refusals(candidate, news(0, 50, 0), Optional.of(new Audit(8, 0))))
        .containsExactly(refusal);
    // What was forced before anybody looked says nothing of what they saw.
    List<String> expected = List.of("publish.min-precision is 0.9, and the expected precision is");
    assertThat(gates.refusals(candidate, news(0, 50, 0, expected), Optional.of(new Audit(8, 0))))
        .containsExactly(refusal);
    assertThat(
            gates.refusals(
                candidate, news(0, 50, 0, List.of(refusal)), Optional.of(new Audit(9, 0))))
        .isEmpty();
  }

  @Test
  void soManyImagesMayBeUnreadableAndNoMore() {
    // 100 labels given and 96 by people.
    assertThat(refusals(candidate(0.8, 50, 4), published(0.8, 100, 10))).isEmpty();
    assertThat(refusals(candidate(0.8, 50, 5), published(0.8, 100, 10)))
        .containsExactly(
            "publish.max-unreadable is 0.02, and 5 of 201 images (2.49 %) could not be read");
  }

  @Test
  void imagesMayChangeOrGoByTheLimitAndNoMore() {
    assertThat(refusals(news(50, 50, 0))).isEmpty();
    assertThat(refusals(news(51, 50, 0)))
        .containsExactly(
            "publish.max-changed is 0.5, and 51 of 100 images (51.00 %) of version 7 have changed"
                + " or are gone");
  }

  @Test
  void whatIsNewMayTipTheSharesOfClassesByTheRatioAndNoMore() {
    assertThat(refusals(news(0, 10, 0))).isEmpty();
    assertThat(refusals(news(0, 9, 0)))
        .containsExactly(
            "publish.max-share-ratio is 5.0, and class \"one\" has 9.00 % of the labels given,"
                + " 50.00 % of the true ones");
  }

  @Test
  void soManyOfTheSourcesMayBeUnreadableAndNoMore() {
    assertThat(refusals(news(0, 50, 4))).isEmpty();
    assertThat(refusals(news(0, 50, 5)))
        .containsExactly(
            "publish.max-unreadable is 0.02, and 5 of 201 images (2.49 %) could not be read");
  }

  @Test
  void whatIsNewHasThePrecisionOfItsClasses() {
    QualityGates gates = new QualityGates(limits(0.71));
    assertThat(gates.refusals(candidate(0.8, 50, 0), news(0, 50, 0), Optional.empty()))
        .containsExactly("publish.min-precision is 0.71, and the expected precision is 70.00 %");
  }

  @Test
  void whatWasOverruledOfTheModelAndTheSourcesStaysSoUntilTheNextRun() {
    List<String> overruled =
        List.of(
            "publish.max-share-ratio is 5.0, and class \"one\" has 8.00 % of the labels (...)",
            "publish.max-unreadable is 0.02, and 7 of 203 images (...)");
    assertThat(refusals(news(0, 9, 5))).hasSize(2);
    assertThat(refusals(news(0, 9, 5, overruled))).isEmpty();
  }

  @Test
  void aClassThatWasOverruledSaysNothingOfAnother() {
    List<String> overruled =
        List.of("publish.max-share-ratio is 5.0, and class \"one\" has 8.00 % of the labels (...)");
    assertThat(refusals(news(0, 91, 0, overruled)))
        .containsExactly(
            "publish.max-share-ratio is 5.0, and class \"two\" has 9.00 % of the labels given,"
                + " 50.00 % of the true ones");
  }

  @Test
  void imagesThatChangedOrWentAreAskedAboutEachTime() {
    List<String> overruled = List.of("publish.max-changed is 0.5, and 60 of 100 images (...)");
    assertThat(refusals(news(51, 50, 5, overruled)))
        .containsExactly(
            "publish.max-changed is 0.5, and 51 of 100 images (51.00 %) of version 7 have changed"
                + " or are gone",
            "publish.max-unreadable is 0.02, and 5 of 201 images (2.49 %) could not be read");
  }

  @Test
  void aVersionSaysWhatIsStillTrueOfThoseThatItWasMadeFrom() {
    List<String> overruled =
        List.of(
            "publish.max-changed is", "publish.max-accuracy-drop is", "publish.min-precision is");
    Publication forced = publication(candidate(0.8, 50, 0), overruled);
    Publication.Change change = new Publication.Change(1, 0, 0, 0, 0);
    assertThat(
            forced
                .after(
                    change,
                    0,
                    101,
                    List.of("publish.max-unreadable is"),
                    Optional.empty(),
                    OptionalLong.empty())
                .overruled())
        .containsExactly("publish.min-precision is", "publish.max-unreadable is");
  }

  @Test
  void everyGateThatRefusesSaysSo() {
    assertThat(refusals(candidate(0.1, 1, 50), published(0.8, 100, 90))).hasSize(4);
  }

  @Test
  void aCandidateAndAPublicationAreWhatTheyWereAfterAFile() {
    Candidate candidate = candidate(0.1 + 0.2, 37, 3);
    assertThat(Candidate.ofJson(candidate.toJson()))
        .usingRecursiveComparison()
        .isEqualTo(candidate);
    assertThat(candidate.knownPrecision()).isEqualTo(OptionalDouble.empty());
    Publication forced = publication(candidate, List.of("a \"gate\""));
    assertThat(Publication.ofJson(forced.toJson())).isEqualTo(forced);
    assertThat(forced.isForced()).isTrue();
    assertThat(publication(candidate, List.of()).isForced()).isFalse();
    Publication audited =
        Publication.of(
            candidate,
            List.of(),
            Optional.of(new Audit(8, 3)),
            OptionalLong.of(5),
            OptionalLong.of(2));
    assertThat(Publication.ofJson(audited.toJson())).isEqualTo(audited);
  }

  @Test
  void aPublicationFromBeforeAuditsIsUnderstood() {
    Publication before =
        Publication.ofJson(
            "{\"runId\":\"a\",\"modelChecksum\":\"00ff\",\"validationAccuracy\":0.5,"
                + "\"examplesVersion\":3,\"human\":60,\"model\":60,\"expectedPrecision\":"
                + "{\"share\":0.5,\"low\":0.4,\"high\":0.6},\"overruled\":[],\"change\":null}");
    assertThat(before.audit()).isEmpty();
    assertThat(before.annotations()).isEmpty();
    assertThat(before.again()).isEmpty();
    assertThat(before.knownPrecision()).isEmpty();
    assertThat(before.human()).isEqualTo(60);
  }

  private static List<String> refusals(Candidate candidate, Published published) {
    return gates().refusals(candidate, Optional.of(published), Optional.empty());
  }

  private static List<String> refusals(QualityGates.News news) {
    return gates().refusals(candidate(0.8, 50, 0), news, Optional.empty());
  }

  private static QualityGates.News news(long lost, long ones, long unreadable) {
    return news(lost, ones, unreadable, List.of());
  }

  /** 100 images of the sources that were published, and 96 labels by people. */
  private static QualityGates.News news(
      long lost, long ones, long unreadable, List<String> overruled) {
    Publication publication = publication(candidate(0.8, 50, 0), overruled);
    return new QualityGates.News(
        7, publication, 100, lost, List.of(ones, 100 - ones), 96, unreadable);
  }

  private static Publication publication(Candidate candidate, List<String> overruled) {
    return Publication.of(
        candidate, overruled, Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
  }

  private static QualityGates gates() {
    return new QualityGates(LIMITS);
  }

  private static PublishSettings limits(double minPrecision) {
    return new PublishSettings(true, 0.02, 5, 0.5, minPrecision, 0.02);
  }

  private static Candidate candidate(double validationAccuracy, int ones, long unreadable) {
    return candidate(validationAccuracy, List.of(50L, 50L), ones, unreadable);
  }

  private static Candidate candidate(List<Long> trueLabels, int ones, long unreadable) {
    return candidate(0.8, trueLabels, ones, unreadable);
  }

  /** 100 labels, of which 70 in 100 are expected to be right. */
  private static Candidate candidate(
      double validationAccuracy, List<Long> trueLabels, int ones, long unreadable) {
    LabelCounts heldOut = new LabelCounts(ConfidenceBands.even(2));
    LabelCounts given =
        new LabelCounts(
            ConfidenceBands.of(new double[][] {{0.1, 0.2, 0.3, 0.4}, {0.5, 0.6, 0.7, 0.8}}));
    for (int i = 0; i < 100; i++) {
      heldOut.add(0, 0.85, i < RIGHT);
      heldOut.add(1, 0.85, i < RIGHT);
      given.add(i < ones ? 0 : 1, 0.85);
    }
    return new Candidate(
        "now",
        "00ff",
        validationAccuracy,
        1,
        List.of("one", "two"),
        trueLabels,
        heldOut,
        given,
        96,
        unreadable,
        3);
  }

  private static Published published(double validationAccuracy, long compared, long changed) {
    Candidate before = candidate(validationAccuracy, 50, 0);
    Publication publication =
        new Publication(
            "before",
            "11ff",
            validationAccuracy,
            2,
            before.human(),
            100,
            before.precisionOfAll(),
            List.of(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());
    return new Published(7, publication, compared, changed);
  }
}
