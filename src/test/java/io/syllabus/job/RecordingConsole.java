package io.syllabus.job;

import io.syllabus.report.Console;
import io.syllabus.report.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what a job says; may end it when some work of it begins. */
final class RecordingConsole implements Console {
  private final List<String> lines = new ArrayList<>();
  private final Optional<String> lastWork;

  RecordingConsole() {
    this(Optional.empty());
  }

  /**
   * @param lastWork the beginning of the name of the work that is not begun any more
   */
  RecordingConsole(Optional<String> lastWork) {
    this.lastWork = lastWork;
  }

  /** What was said, a sentence a line. */
  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void say(String line) {
    lines.add(line);
  }

  @Override
  public void complain(String line) {
    lines.add(line);
  }

  @Override
  public Progress start(String work, String unit, long total) {
    if (lastWork.filter(work::startsWith).isPresent()) {
      throw new IllegalStateException("interrupted before " + work);
    }
    return Console.silent().start(work, unit, total);
  }
}
