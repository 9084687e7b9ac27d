package io.syllabus.report;

/** What a job tells the person who started it. */
public interface Console {
  /** Says a line that is a result, or on the way to one. */
  void say(String line);

  /** Says why there is no result: what has failed or was stopped, and what to do about it. */
  void complain(String line);

  /**
   * Begins to show the progress of a piece of work.
   *
   * @param work what it is, such as "cycle 2: score"
   * @param unit what is counted, such as " images"
   * @param total how many there are; negative where that is not known
   */
  Progress start(String work, String unit, long total);

  /** A console that shows nothing. */
  static Console silent() {
    return new SilentConsole();
  }
}
