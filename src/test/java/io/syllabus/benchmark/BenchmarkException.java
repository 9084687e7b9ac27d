package io.syllabus.benchmark;

/** A measurement that cannot be made; the message says why and what mends it. */
final class BenchmarkException extends Exception {
  private static final long serialVersionUID = 1L;

  BenchmarkException(String message) {
    super(message);
  }
}
