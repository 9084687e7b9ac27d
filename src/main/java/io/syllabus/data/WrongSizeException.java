package io.syllabus.data;

/** A sound image of another size than asked for, where the settings say not to resize. */
public final class WrongSizeException extends UnreadableImageException {
  private static final long serialVersionUID = 1L;

  public WrongSizeException(String reason) {
    super(reason);
  }
}
