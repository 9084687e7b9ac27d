package io.syllabus.report;

import io.syllabus.Text;
import io.syllabus.cycle.CycleResult;
import io.syllabus.cycle.Selection;
import io.syllabus.evaluate.Proportion;
import io.syllabus.publish.Audit;
import io.syllabus.publish.Outcome;
import java.util.Optional;

/** A run's cycles as a table for a terminal. */
public final class SummaryTable {
  private static final String ROW = "%5s  %10s  %9s  %10s  %12s  %10s  %8s  %7s%n";

  private SummaryTable() {}

  /** Renders the table, with a line below it that names the best cycle. */
  public static String render(RunSummary summary) {
    StringBuilder table = new StringBuilder();
    table.append(
        Text.format(
            ROW,
            "cycle",
            "percentile",
            "threshold",
            "selected",
            "pseudo-label",
            "validation",
            "test",
            "seconds"));
    for (CycleResult cycle : summary.cycles()) {
      table.append(row(cycle));
    }
    table.append(foreign(summary));
    summary
        .best()
        .ifPresent(
            best ->
                table.append(
                    Text.format(
                        "Best by validation: cycle %d, validation %s, test %s%n",
                        best.cycle(),
                        Figures.percent(best.training().validationAccuracy()),
                        Figures.percent(best.testAccuracy()))));
    summary.labels().ifPresent(labels -> table.append(labels(labels)).append('\n'));
    return table.toString();
  }

  /** What became of a run's labels, in a line or a few. */
  public static String labels(Outcome labels) {
    Proportion expected = labels.expectedPrecision();
    StringBuilder lines =
        new StringBuilder(
            Text.format(
                "Labels: %s, expected precision %s%s",
                labels.version().isPresent()
                    ? "published as version " + labels.version().getAsLong()
                    : "not published",
                Figures.interval(expected),
                labels.knownPrecision().isPresent()
                    ? ", " + Figures.percent(labels.knownPrecision()) + " where the truth is known"
                    : ""));
    labels.audit().ifPresent(audit -> lines.append(Text.format("%nAudit: %s", audit(audit))));
    if (labels.kept() > 0) {
      lines.append(
          Text.format("%n%,d labels of people since this run began are kept", labels.kept()));
    }
    if (labels.withdrawn() > 0) {
      lines.append(
          Text.format(
              "%n%,d images whose label people took back have none until jobs/label --incremental"
                  + " labels them",
              labels.withdrawn()));
    }
    return lines.toString();
  }

  /** What people said of images that were drawn at random. */
  public static String audit(Audit audit) {
    return Text.format(
        "of %,d images drawn at random %,d had the right label, %s",
        audit.images(), audit.right(), Figures.interval(audit.precision()));
  }

  private static String row(CycleResult cycle) {
    Optional<Selection> selection = cycle.selection();
    double seconds = cycle.training().seconds() + selection.map(Selection::seconds).orElse(0.0);
    return Text.format(
        ROW,
        cycle.cycle(),
        selection.map(Figures::percentile).orElse("-"),
        selection.map(s -> Text.format("%.4f", s.thresholds().least())).orElse("-"),
        selection.map(s -> Text.format("%,d", s.selected())).orElse("-"),
        selection.map(s -> Figures.percent(s.pseudoLabelAccuracy())).orElse("-"),
        Figures.percent(cycle.training().validationAccuracy()),
        Figures.percent(cycle.testAccuracy()),
        Text.format("%.1f", seconds));
  }

  // What only pools with images of other classes have.
  private static String foreign(RunSummary summary) {
    StringBuilder lines = new StringBuilder();
    for (CycleResult cycle : summary.cycles()) {
      cycle
          .selection()
          .filter(selection -> selection.foreign() > 0)
          .ifPresent(
              selection ->
                  lines.append(
                      Text.format(
                          "Cycle %d took %,d images of classes without labels, %s of what it took%n",
                          cycle.cycle(),
                          selection.foreign(),
                          Figures.percent((double) selection.foreign() / selection.selected()))));
    }
    return lines.toString();
  }
}
