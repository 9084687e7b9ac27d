package io.syllabus.job;

import io.syllabus.report.Console;
import io.syllabus.report.Progress;
import java.util.ArrayList;
import java.util.List;

/** Remembers what a job says. */
final class RecordingConsole implements Console {
  private final List<String> lines = new ArrayList<>();

  /** What was said, a sentence a line. */
  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void say(String line) {
    lines.add(line);
  }

  @Override
  public Progress start(String work, String unit, long total) {
    return Console.silent().start(work, unit, total);
  }
}
