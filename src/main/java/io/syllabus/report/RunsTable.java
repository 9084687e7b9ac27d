package io.syllabus.report;

import io.syllabus.Text;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** The runs of a store as a table for a terminal. */
public final class RunsTable {
  private static final String ROW = "%-24s  %-16s  %-11s  %7s  %9s  %10s  %8s  %8s%n";

  private RunsTable() {}

  /**
   * How far a run is.
   *
   * @param begun when it was
   * @param state such as FINISHED
   * @param cycle the one that is under way, or the last
   * @param lastCycle of the run
   * @param epochs of that cycle that are done
   * @param epochsACycle of the run
   * @param seconds of work on the cycles that are done
   * @param validation accuracy of the best of them
   * @param test accuracy of the same
   */
  public record Line(
      String runId,
      Instant begun,
      String state,
      int cycle,
      int lastCycle,
      int epochs,
      int epochsACycle,
      double seconds,
      OptionalDouble validation,
      OptionalDouble test) {}

  /** Renders the table in the order of the lines. */
  public static String render(List<Line> lines) {
    StringBuilder table =
        new StringBuilder(
            Text.format(
                ROW, "run", "begun", "state", "cycle", "epoch", "validation", "test", "seconds"));
    for (Line line : lines) {
      table.append(
          Text.format(
              ROW,
              line.runId,
              Figures.minute(line.begun),
              line.state,
              line.cycle + "/" + line.lastCycle,
              line.epochs + "/" + line.epochsACycle,
              Figures.percent(line.validation),
              Figures.percent(line.test),
              Text.format("%.1f", line.seconds)));
    }
    return table.toString();
  }
}
