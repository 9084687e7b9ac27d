package io.syllabus.store;

/** Another run holds the store; the message says which, whose and since when. */
public final class StoreLockedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreLockedException(String message) {
    super(message);
  }
}
