package io.syllabus.report;

/** Shows how far a piece of work is. Closing it ends the display. */
public interface Progress extends AutoCloseable {
  /** Says how much is done by now, in the units that the work was begun with. */
  void advanceTo(long done);

  /** Adds a few words, such as the latest accuracy. */
  void note(String words);

  @Override
  void close();
}
