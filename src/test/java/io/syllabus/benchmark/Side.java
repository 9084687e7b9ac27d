package io.syllabus.benchmark;

import java.io.IOException;
import java.util.Optional;

/** One of the two things that a row compares. Each repetition is measured in a JVM of its own. */
interface Side {
  /** What is measured, with its version. */
  String description();

  /** How the JVM is started. */
  default Jvm jvm() {
    return Jvm.SYLLABUS;
  }

  /** What this machine lacks for the measurement, as a sentence that says how to mend it. */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /**
   * Makes what all repetitions measure on, unless it is there. Called once before the first of
   * them, in the JVM that compares.
   */
  default void prepare(Setup setup) throws IOException {}

  /** Measures once. Called in a JVM that does nothing else. */
  Measurement measure(Setup setup) throws Exception;
}
