package io.syllabus.publish;

import io.syllabus.Text;
import io.syllabus.config.PublishSettings;
import io.syllabus.evaluate.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.commons.lang3.StringUtils;

/** What keeps labels from being published: one limit a gate, each a setting. */
public final class QualityGates {
  /** A class of which fewer images are to be expected may well have none. */
  static final int FEWEST = 10;

  private static final String MAX_CHANGED = "publish.max-changed";
  private static final String MAX_ACCURACY_DROP = "publish.max-accuracy-drop";
  private static final String AUDIT = "an audit";

  private final PublishSettings limits;

  public QualityGates(PublishSettings limits) {
    this.limits = limits;
  }

  /**
   * What is published now, and how the candidate's labels differ from it.
   *
   * @param version of the published labels
   * @param publication what that version says of itself
   * @param compared images that a model labeled there and here
   * @param changed how many of them have another label now
   */
  public record Published(long version, Publication publication, long compared, long changed) {}

  /**
   * The published labels once what is new in the sources is labeled with the same model.
   *
   * @param before the version that is there
   * @param publication what it says of itself
   * @param images that it has
   * @param lost how many of them have another content now or are gone
   * @param byLabel images of each class, in the order of the labels, that the model labels after it
   * @param human images that people label after it
   * @param unreadable images of the sources
   */
  public record News(
      long before,
      Publication publication,
      long images,
      long lost,
      List<Long> byLabel,
      long human,
      long unreadable) {
    public News {
      byLabel = List.copyOf(byLabel);
    }

    /** Images that the model labels after it. */
    public long model() {
      return byLabel.stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Holds what is new against the gates. What was overruled for the version that is there stays so
   * where it was said of the model and the sources, which are the same: it would be said every
   * night otherwise. How many images have changed or are gone is asked each time.
   *
   * @param model what is known of the labels that the model gave
   * @param audit what people said of them; empty where nobody was asked
   * @return a sentence a gate that refuses it; none where it may pass
   */
  public List<String> refusals(Candidate model, News news, Optional<Audit> audit) {
    List<String> refusals = new ArrayList<>();
    if (news.lost() > limits.maxChanged() * news.images()) {
      refusals.add(
          Text.format(
              "%s is %s, and %,d of %,d images (%s) of version %d have changed or are gone",
              MAX_CHANGED,
              limits.maxChanged(),
              news.lost(),
              news.images(),
              percent((double) news.lost() / news.images()),
              news.before()));
    }
    long[] byLabel = news.byLabel().stream().mapToLong(Long::longValue).toArray();
    shares(model, byLabel, refusals);
    precision(model.precisionOfEach().of(byLabel), audit, refusals);
    unreadable(news.unreadable(), news.model() + news.human(), refusals);
    refusals.removeIf(
        refusal ->
            news.publication().overruled().stream()
                .anyMatch(of -> lasts(of) && subject(of).equals(subject(refusal))));
    return refusals;
  }

  /** Whether what a gate had against a version is also true of those that are made from it. */
  static boolean lasts(String refusal) {
    return !refusal.startsWith(MAX_CHANGED) && !refusal.startsWith(MAX_ACCURACY_DROP);
  }

  // The gate and, where it looks at one, the class; an audit is another gate than what is expected.
  private static String subject(String refusal) {
    return StringUtils.substringBefore(refusal, " ")
        + StringUtils.defaultString(StringUtils.substringBetween(refusal, "\""))
        + (refusal.contains(AUDIT) ? AUDIT : "");
  }

  /**
   * Holds a candidate against every gate.
   *
   * @param published empty for the first publication
   * @param audit what people said of the candidate's labels; empty where nobody was asked
   * @return a sentence a gate that refuses it, with its key and figures; none where it may pass
   */
  public List<String> refusals(
      Candidate candidate, Optional<Published> published, Optional<Audit> audit) {
    List<String> refusals = new ArrayList<>();
    published.ifPresent(
        before -> {
          accuracy(candidate, before, refusals);
          change(before, refusals);
        });
    shares(candidate, candidate.given().byLabel(), refusals);
    precision(candidate.precisionOfAll(), audit, refusals);
    unreadable(candidate.unreadable(), candidate.given().images() + candidate.human(), refusals);
    return refusals;
  }

  private void accuracy(Candidate candidate, Published before, List<String> refusals) {
    double drop = before.publication().validationAccuracy() - candidate.validationAccuracy();
    if (drop > limits.maxAccuracyDrop()) {
      refusals.add(
          Text.format(
              "%s is %s, and validation accuracy falls from %s (run %s) to %s",
              MAX_ACCURACY_DROP,
              limits.maxAccuracyDrop(),
              percent(before.publication().validationAccuracy()),
              before.publication().runId(),
              percent(candidate.validationAccuracy())));
    }
  }

  private void change(Published before, List<String> refusals) {
    if (before.changed() > limits.maxChanged() * before.compared()) {
      refusals.add(
          Text.format(
              "%s is %s, and %,d of %,d labels (%s) differ from version %d",
              MAX_CHANGED,
              limits.maxChanged(),
              before.changed(),
              before.compared(),
              percent((double) before.changed() / before.compared()),
              before.version()));
    }
  }

  private void shares(Candidate candidate, long[] given, List<String> refusals) {
    if (limits.maxShareRatio() == 0) {
      return;
    }
    double images = LongStream.of(given).sum();
    double labeled = candidate.trueLabels().stream().mapToLong(Long::longValue).sum();
    for (int label = 0; label < given.length; label++) {
      double before = candidate.trueLabels().get(label) / labeled;
      double now = given[label] / images;
      boolean isRare = before * images < FEWEST && given[label] < FEWEST;
      if (!isRare
          && (now > before * limits.maxShareRatio() || now * limits.maxShareRatio() < before)) {
        refusals.add(
            Text.format(
                "publish.max-share-ratio is %s, and class \"%s\" has %s of the labels given, %s of"
                    + " the true ones",
                limits.maxShareRatio(),
                candidate.classes().get(label),
                percent(now),
                percent(before)));
      }
    }
  }

  private void precision(Proportion expected, Optional<Audit> audit, List<String> refusals) {
    if (expected.share() < limits.minPrecision()) {
      refusals.add(
          Text.format(
              "publish.min-precision is %s, and the expected precision is %s",
              limits.minPrecision(), percent(expected.share())));
    }
    // The interval's end: an audit of a few images must not refuse what may well be good.
    audit
        .filter(asked -> asked.precision().high() < limits.minPrecision())
        .ifPresent(
            asked ->
                refusals.add(
                    Text.format(
                        "publish.min-precision is %s, and %s found %,d of %,d labels right, %s (%s to"
                            + " %s)",
                        limits.minPrecision(),
                        AUDIT,
                        asked.right(),
                        asked.images(),
                        percent(asked.precision().share()),
                        percent(asked.precision().low()),
                        percent(asked.precision().high()))));
  }

  private void unreadable(long unreadable, long readable, List<String> refusals) {
    double share = (double) unreadable / Math.max(1, readable + unreadable);
    if (share > limits.maxUnreadable()) {
      refusals.add(
          Text.format(
              "publish.max-unreadable is %s, and %,d of %,d images (%s) could not be read",
              limits.maxUnreadable(), unreadable, readable + unreadable, percent(share)));
    }
  }

  private static String percent(double share) {
    return Text.format("%.2f %%", 100 * share);
  }
}
