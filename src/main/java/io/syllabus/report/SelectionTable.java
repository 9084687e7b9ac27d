package io.syllabus.report;

import io.syllabus.Text;
import io.syllabus.cycle.Selection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a rule would have selected of a run's scores, beside what the run did select. */
public final class SelectionTable {
  private static final String ROW = "%5s  %10s  %15s  %10s  %12s  %13s  %11s%n";

  private final List<Line> lines = new ArrayList<>();

  private record Line(Selection selection, long selectedByTheRun) {}

  /** Adds a cycle. */
  public void add(Selection selection, long selectedByTheRun) {
    lines.add(new Line(selection, selectedByTheRun));
  }

  /** The table for a terminal; a range of thresholds where classes have their own. */
  public String render() {
    StringBuilder table = new StringBuilder();
    table.append(
        Text.format(
            ROW,
            "cycle",
            "percentile",
            "threshold",
            "selected",
            "pseudo-label",
            "other classes",
            "run itself"));
    for (Line line : lines) {
      Selection selection = line.selection;
      table.append(
          Text.format(
              ROW,
              selection.cycle(),
              Figures.percentile(selection),
              threshold(selection),
              Text.format("%,d", selection.selected()),
              Figures.percent(selection.pseudoLabelAccuracy()),
              Text.format("%,d", selection.foreign()),
              Text.format("%,d", line.selectedByTheRun)));
    }
    return table.toString();
  }

  private static String threshold(Selection selection) {
    double least = selection.thresholds().least();
    return selection.thresholds().isUniform()
        ? Text.format("%.4f", least)
        : Text.format("%.4f to %.4f", least, selection.thresholds().greatest());
  }

  /** The figures for a program: a list of cycles, accuracies as fractions of 1. */
  public String toJson() {
    List<Map<String, Object>> cycles = new ArrayList<>();
    for (Line line : lines) {
      Selection selection = line.selection;
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("cycle", selection.cycle());
      json.put("thresholds", selection.thresholds().byLabel());
      json.put("selected", selection.selected());
      json.put("selectedOfOtherClasses", selection.foreign());
      json.put("pseudoLabelAccuracy", selection.pseudoLabelAccuracy());
      json.put("selectedByTheRun", line.selectedByTheRun);
      cycles.add(json);
    }
    return Figures.json(cycles);
  }
}
