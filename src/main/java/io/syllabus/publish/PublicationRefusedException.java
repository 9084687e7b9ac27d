package io.syllabus.publish;

import io.syllabus.Text;
import java.util.List;

/** Labels that the quality gates do not let through. The message is for the user. */
public final class PublicationRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private PublicationRefusedException(String what, List<String> refusals, String command) {
    super(
        Text.format(
            "%s not published: %s. What was published before stays; %s publishes them nonetheless",
            what, String.join("; ", refusals), command));
  }

  /**
   * What a run came to is refused.
   *
   * @param refusals a sentence a gate
   */
  public static PublicationRefusedException ofRun(String runId, List<String> refusals) {
    return new PublicationRefusedException(
        "The labels of run " + runId + " are",
        refusals,
        "jobs/publish --run " + runId + " --force");
  }

  /**
   * An earlier version is refused.
   *
   * @param refusals a sentence a gate
   */
  public static PublicationRefusedException ofVersion(long version, List<String> refusals) {
    return new PublicationRefusedException(
        "The labels of version " + version + " are",
        refusals,
        "jobs/publish --version " + version + " --force");
  }

  /**
   * The labels of what is new are refused.
   *
   * @param refusals a sentence a gate
   */
  public static PublicationRefusedException ofNews(List<String> refusals) {
    return new PublicationRefusedException(
        "The labels of what is new are", refusals, "jobs/label --incremental --force");
  }
}
