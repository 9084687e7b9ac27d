package io.syllabus.data;

/** An image that cannot be used. The message is the reason, short: "empty file", "truncated". */
public class UnreadableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadableImageException(String reason) {
    super(reason);
  }

  public UnreadableImageException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
