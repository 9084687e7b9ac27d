package io.syllabus.report;

import io.syllabus.Text;
import io.syllabus.publish.Publication;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The versions of the published labels as a table for a terminal. */
public final class LabelVersionsTable {
  private static final String ROW = "%7s  %-16s  %-24s  %12s  %12s  %-28s  %s%n";

  private LabelVersionsTable() {}

  /**
   * One version.
   *
   * @param at when it was published
   */
  public record Line(long version, Instant at, Publication publication) {}

  /** Renders the table in the order of the lines. */
  public static String render(List<Line> lines) {
    StringBuilder table =
        new StringBuilder(
            Text.format(
                ROW, "version", "published", "run", "human", "model", "expected precision", ""));
    for (Line line : lines) {
      Publication publication = line.publication;
      table.append(
          Text.format(
              ROW,
              line.version,
              Figures.minute(line.at),
              publication.runId(),
              Text.format("%,d", publication.human()),
              Text.format("%,d", publication.model()),
              Figures.interval(publication.expectedPrecision()),
              remark(publication)));
    }
    return table.toString();
  }

  private static String remark(Publication publication) {
    List<String> remarks = new ArrayList<>();
    publication.change().ifPresent(change -> remarks.add(text(change)));
    if (publication.again().isPresent()) {
      remarks.add("version " + publication.again().getAsLong() + " again");
    }
    publication
        .audit()
        .ifPresent(
            audit ->
                remarks.add(Text.format("audit: %,d of %,d right", audit.right(), audit.images())));
    if (publication.isForced()) {
      remarks.add("forced: " + String.join("; ", publication.overruled()));
    }
    return String.join("; ", remarks);
  }

  private static String text(Publication.Change change) {
    String reviewed = Text.format("%,d reviewed", change.reviewed());
    String ofSource =
        Text.format(
            "%,d new, %,d changed, %,d renamed, %,d gone",
            change.added(), change.changed(), change.renamed(), change.gone());
    if (change.reviewed() == 0) {
      return ofSource;
    }
    return change.isOfPeopleAlone() ? reviewed : ofSource + ", " + reviewed;
  }
}
