package io.syllabus.report;

/** Shows nothing: for tests, and for callers that are no person. */
final class SilentConsole implements Console, Progress {
  @Override
  public void say(String line) {}

  @Override
  public void complain(String line) {}

  @Override
  public Progress start(String work, String unit, long total) {
    return this;
  }

  @Override
  public void advanceTo(long done) {}

  @Override
  public void note(String words) {}

  @Override
  public void close() {}
}
