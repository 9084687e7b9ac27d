package io.syllabus.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The settings cannot be used. Every problem is one sentence for the user; the job exits with 2.
 */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> problems;

  public SettingsException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = new ArrayList<>(problems);
  }

  SettingsException(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = new ArrayList<>(List.of(problem));
  }

  /** Every problem found, at least one; the message holds them one a line. */
  public List<String> problems() {
    return List.copyOf(problems);
  }
}
