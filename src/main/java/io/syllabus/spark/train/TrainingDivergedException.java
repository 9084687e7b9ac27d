package io.syllabus.spark.train;

/** The loss is no longer a number. The message says where, and what to change. */
public final class TrainingDivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingDivergedException(String message) {
    super(message);
  }
}
