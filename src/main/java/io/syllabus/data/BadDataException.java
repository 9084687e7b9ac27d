package io.syllabus.data;

/**
 * The data cannot be worked with. The message is one sentence for the user; the job exits with 3.
 */
public final class BadDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadDataException(String message) {
    super(message);
  }

  public BadDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
