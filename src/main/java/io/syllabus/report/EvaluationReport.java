package io.syllabus.report;

import io.syllabus.Text;
import io.syllabus.evaluate.ConfusionMatrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an evaluation came to, for a person and for a program. */
public final class EvaluationReport {
  private static final int WIDEST_MATRIX = 20;

  private final List<String> classes;
  private final ConfusionMatrix matrix;

  /**
   * @param classes names in the order of the matrix
   */
  public EvaluationReport(List<String> classes, ConfusionMatrix matrix) {
    this.classes = List.copyOf(classes);
    this.matrix = matrix;
  }

  /** Accuracies, and the confusion matrix unless it is too wide for a terminal. */
  public String render() {
    StringBuilder text = new StringBuilder();
    text.append(
        Text.format(
            "%nAccuracy %.2f %%, top-5 %.2f %%, %,d images%n%n",
            100 * matrix.accuracy(), 100 * matrix.topFiveAccuracy(), matrix.images()));
    int width = Math.max(5, classes.stream().mapToInt(String::length).max().orElse(0));
    text.append(Text.format("%s  %8s  %10s%n", padded("class", width), "images", "accuracy"));
    for (int c = 0; c < classes.size(); c++) {
      text.append(
          Text.format(
              "%s  %,8d  %10s%n",
              padded(classes.get(c), width),
              matrix.images(c),
              matrix.images(c) == 0 ? "-" : Figures.percent(matrix.accuracy(c))));
    }
    if (classes.size() <= WIDEST_MATRIX) {
      text.append(renderMatrix(width));
    }
    return text.toString();
  }

  private String renderMatrix(int width) {
    StringBuilder text = new StringBuilder();
    text.append(Text.format("%nConfusion: rows are true classes, columns predictions%n"));
    text.append(" ".repeat(width));
    for (String name : classes) {
      text.append(Text.format("  %7s", name.substring(0, Math.min(7, name.length()))));
    }
    text.append(Text.format("%n"));
    for (int truth = 0; truth < classes.size(); truth++) {
      text.append(padded(classes.get(truth), width));
      for (int predicted = 0; predicted < classes.size(); predicted++) {
        text.append(Text.format("  %,7d", matrix.count(truth, predicted)));
      }
      text.append(Text.format("%n"));
    }
    return text.toString();
  }

  private static String padded(String name, int width) {
    return name + " ".repeat(width - name.length());
  }

  /** Accuracies as fractions of 1, and the confusion matrix, rows by true class. */
  public String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("images", matrix.images());
    json.put("accuracy", matrix.accuracy());
    json.put("topFiveAccuracy", matrix.topFiveAccuracy());
    json.put("classes", classes);
    json.put("classAccuracy", classAccuracy());
    json.put("confusion", confusion());
    return Figures.json(json);
  }

  private Map<String, Double> classAccuracy() {
    Map<String, Double> byClass = new LinkedHashMap<>();
    for (int c = 0; c < classes.size(); c++) {
      byClass.put(classes.get(c), matrix.images(c) == 0 ? null : matrix.accuracy(c));
    }
    return byClass;
  }

  private List<List<Long>> confusion() {
    List<List<Long>> rows = new ArrayList<>();
    for (int truth = 0; truth < classes.size(); truth++) {
      List<Long> row = new ArrayList<>();
      for (int predicted = 0; predicted < classes.size(); predicted++) {
        row.add(matrix.count(truth, predicted));
      }
      rows.add(row);
    }
    return rows;
  }
}
