package io.syllabus.publish;

import java.util.List;

/** Labels that the quality gates do not let through. The message is for the user. */
public final class PublicationRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param refusals a sentence a gate
   */
  public PublicationRefusedException(String runId, List<String> refusals) {
    super(
        String.format(
            "The labels of run %s are not published: %s. What was published before stays; jobs/publish"
                + " --run %s --force publishes them nonetheless",
            runId, String.join("; ", refusals), runId));
  }
}
