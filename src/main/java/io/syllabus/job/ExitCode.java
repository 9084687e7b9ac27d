package io.syllabus.job;

/** What a job's end says to the scheduler that called it. */
final class ExitCode {
  static final int DONE = 0;
  static final int INTERNAL_FAILURE = 1;
  static final int WRONG_SETTINGS = 2;
  static final int BAD_DATA = 3;
  static final int REFUSED = 4;
  static final int STORE_IN_USE = 5;

  private ExitCode() {}
}
