package io.syllabus.publish;

import java.util.List;

/**
 * An image that a person is asked to look at.
 *
 * @param id of the published label
 * @param role of the source that the image is in
 * @param image where the export has the image, relative to its folder; empty where it has none
 * @param label the model's class
 * @param confidence of it, in [0, 1]
 * @param runnerUp the next probable class
 * @param reasons why it is asked for: {@link #UNCERTAIN}, {@link #AUDIT}, {@link #FLIPPED}
 * @param modelVersion which model gave the label
 */
public record ReviewTask(
    String id,
    String role,
    String image,
    String label,
    float confidence,
    String runnerUp,
    List<String> reasons,
    String modelVersion) {
  /** The model is among the least sure of it, of its class. */
  public static final String UNCERTAIN = "uncertain";

  /** It was drawn at random. */
  public static final String AUDIT = "audit";

  /** Its label changed most often from cycle to cycle. */
  public static final String FLIPPED = "flipped";

  public ReviewTask {
    reasons = List.copyOf(reasons);
  }

  /**
   * Whether an image was drawn at random.
   *
   * @param reasons why it was asked for, with commas between; null where nothing says so
   */
  static boolean isAudit(String reasons) {
    return reasons != null && List.of(reasons.split(",", -1)).contains(AUDIT);
  }
}
