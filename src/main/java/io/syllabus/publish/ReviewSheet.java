package io.syllabus.publish;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.common.record.Record;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.syllabus.Text;
import io.syllabus.data.BadDataException;
import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Review tasks as a table in CSV, whose column {@code label} a person fills. */
public final class ReviewSheet {
  // What no sheet of ours comes near, so that none takes more memory than this.
  private static final int MAX_COLUMNS = 512;
  private static final int MAX_CHARACTERS = 65_536;

  private static final String ID = "id";
  private static final String LABEL = "label";
  private static final String REASONS = "reasons";
  private static final String ROLE = "role";
  private static final String MODEL_LABEL = "model_label";
  private static final String MODEL_VERSION = "model_version";
  private static final String ANNOTATOR = "annotator";

  private ReviewSheet() {}

  /** Writes tasks one after the other. */
  public static final class Tasks implements Closeable {
    private final CsvWriter csv;

    public Tasks(OutputStream out) {
      csv = new CsvWriter(out, StandardCharsets.UTF_8, new CsvWriterSettings());
      csv.writeHeaders(
          ID, LABEL, "image", MODEL_LABEL, "confidence", "runner_up", REASONS, MODEL_VERSION, ROLE);
    }

    public void add(ReviewTask task) {
      csv.writeRow(
          task.id(),
          "",
          task.image(),
          task.label(),
          task.confidence(),
          task.runnerUp(),
          String.join(",", task.reasons()),
          task.modelVersion(),
          task.role());
    }

    @Override
    public void close() {
      csv.close();
    }
  }

  /**
   * Reads the columns {@code id} and {@code label}, and of {@code role}, {@code annotator}, {@code
   * reasons}, {@code model_label} and {@code model_version} those that are there. Rows without a
   * label are passed over.
   *
   * @throws BadDataException where these columns are missing, or an id beside a label
   */
  public static List<Annotation> read(InputStream in) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setHeaderExtractionEnabled(true);
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setMaxColumns(MAX_COLUMNS);
    settings.setMaxCharsPerColumn(MAX_CHARACTERS);
    CsvParser parser = new CsvParser(settings);
    List<Annotation> annotations = new ArrayList<>();
    try {
      parser.beginParsing(in, StandardCharsets.UTF_8);
      for (Record row = parser.parseNextRecord(); row != null; row = parser.parseNextRecord()) {
        requireColumns(row);
        String label = row.getString(LABEL);
        if (label != null) {
          long line = parser.getContext().currentLine();
          annotations.add(annotation(row, line, label));
        }
      }
    } catch (TextParsingException e) {
      throw new BadDataException(
          Text.format(
              "Line %d is no CSV of at most %d columns with %d characters each",
              e.getLineIndex() + 1, MAX_COLUMNS, MAX_CHARACTERS));
    } finally {
      parser.stopParsing();
    }
    return annotations;
  }

  private static void requireColumns(Record row) {
    for (String column : List.of(ID, LABEL)) {
      if (!row.getMetaData().containsColumn(column)) {
        throw new BadDataException("The sheet has no column \"" + column + "\" in its first line");
      }
    }
  }

  private static String id(Record row, long line) {
    String id = row.getString(ID);
    if (id == null) {
      throw new BadDataException("Line " + line + " has a label and no id");
    }
    return id;
  }

  private static Annotation annotation(Record row, long line, String label) {
    return new Annotation(
        line,
        id(row, line),
        Optional.ofNullable(value(row, ROLE)),
        label,
        ReviewTask.isAudit(value(row, REASONS)),
        Optional.ofNullable(value(row, ANNOTATOR)),
        Optional.empty(),
        Annotation.Shown.of(value(row, MODEL_LABEL), value(row, MODEL_VERSION)));
  }

  // Null where the column is not there, or empty.
  private static String value(Record row, String column) {
    return row.getMetaData().containsColumn(column) ? row.getString(column) : null;
  }
}
