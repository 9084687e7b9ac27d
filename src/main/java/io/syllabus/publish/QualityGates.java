package io.syllabus.publish;

import io.syllabus.config.PublishSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What keeps labels from being published: one limit a gate, each a setting. */
public final class QualityGates {
  /** A class of which fewer images are to be expected may well have none. */
  static final int FEWEST = 10;

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
   * Holds a candidate against every gate.
   *
   * @param published empty for the first publication
   * @return a sentence a gate that refuses it, with its key and figures; none where it may pass
   */
  public List<String> refusals(Candidate candidate, Optional<Published> published) {
    List<String> refusals = new ArrayList<>();
    published.ifPresent(
        before -> {
          accuracy(candidate, before, refusals);
          change(before, refusals);
        });
    if (limits.maxShareRatio() > 0) {
      shares(candidate, refusals);
    }
    precision(candidate, refusals);
    unreadable(candidate, refusals);
    return refusals;
  }

  private void accuracy(Candidate candidate, Published before, List<String> refusals) {
    double drop = before.publication().validationAccuracy() - candidate.validationAccuracy();
    if (drop > limits.maxAccuracyDrop()) {
      refusals.add(
          String.format(
              "publish.max-accuracy-drop is %s, and validation accuracy falls from %s (run %s) to"
                  + " %s",
              limits.maxAccuracyDrop(),
              percent(before.publication().validationAccuracy()),
              before.publication().runId(),
              percent(candidate.validationAccuracy())));
    }
  }

  private void change(Published before, List<String> refusals) {
    if (before.changed() > limits.maxChanged() * before.compared()) {
      refusals.add(
          String.format(
              "publish.max-changed is %s, and %,d of %,d labels (%s) differ from version %d",
              limits.maxChanged(),
              before.changed(),
              before.compared(),
              percent((double) before.changed() / before.compared()),
              before.version()));
    }
  }

  private void shares(Candidate candidate, List<String> refusals) {
    long[] given = candidate.given().byLabel();
    double images = candidate.given().images();
    double labeled = candidate.trueLabels().stream().mapToLong(Long::longValue).sum();
    for (int label = 0; label < given.length; label++) {
      double before = candidate.trueLabels().get(label) / labeled;
      double now = given[label] / images;
      boolean isRare = before * images < FEWEST && given[label] < FEWEST;
      if (!isRare
          && (now > before * limits.maxShareRatio() || now * limits.maxShareRatio() < before)) {
        refusals.add(
            String.format(
                "publish.max-share-ratio is %s, and class \"%s\" has %s of the labels given, %s of"
                    + " the true ones",
                limits.maxShareRatio(),
                candidate.classes().get(label),
                percent(now),
                percent(before)));
      }
    }
  }

  private void precision(Candidate candidate, List<String> refusals) {
    double expected = candidate.precisionOfAll().share();
    if (expected < limits.minPrecision()) {
      refusals.add(
          String.format(
              "publish.min-precision is %s, and the expected precision is %s",
              limits.minPrecision(), percent(expected)));
    }
  }

  private void unreadable(Candidate candidate, List<String> refusals) {
    long readable = candidate.given().images() + candidate.human();
    double share = (double) candidate.unreadable() / Math.max(1, readable + candidate.unreadable());
    if (share > limits.maxUnreadable()) {
      refusals.add(
          String.format(
              "publish.max-unreadable is %s, and %,d of %,d images (%s) could not be read",
              limits.maxUnreadable(),
              candidate.unreadable(),
              readable + candidate.unreadable(),
              percent(share)));
    }
  }

  private static String percent(double share) {
    return String.format("%.2f %%", 100 * share);
  }
}
