package io.syllabus.publish;

import java.time.Instant;
import java.util.Optional;

/**
 * One answer of a person about an image. Of two answers in a file the later one counts.
 *
 * @param line of the file that says so, counted from 1
 * @param id of the image
 * @param role of the source that the image is in, as the published labels name it; empty where the
 *     file does not say
 * @param className that the person named
 * @param audited whether the image was drawn at random
 * @param annotator who answered; empty where the file does not say
 * @param answered when; empty where the file does not say
 * @param shown the label that the person saw; empty where the file does not say
 */
public record Annotation(
    long line,
    String id,
    Optional<String> role,
    String className,
    boolean audited,
    Optional<String> annotator,
    Optional<Instant> answered,
    Optional<Shown> shown) {

  /**
   * A label that a person was shown.
   *
   * @param className that a model gave
   * @param runId of the run whose model it was
   */
  public record Shown(String className, String runId) {

    /**
     * What an export says of a task.
     *
     * @param className null or empty where it says nothing
     * @param modelVersion run and model, with a space between them; null where it says nothing
     */
    static Optional<Shown> of(String className, String modelVersion) {
      return className == null || className.isEmpty() || modelVersion == null
          ? Optional.empty()
          : Optional.of(new Shown(className, modelVersion.split(" ", 2)[0]));
    }
  }

  /** An answer of which a file says no more than the image and the class. */
  public static Annotation of(long line, String id, String className) {
    return new Annotation(
        line,
        id,
        Optional.empty(),
        className,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
