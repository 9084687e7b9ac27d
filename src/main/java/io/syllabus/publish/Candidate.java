package io.syllabus.publish;

import static io.syllabus.Checks.require;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.syllabus.evaluate.Proportion;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What is known of the labels that a run came to, before they are published.
 *
 * @param runId of the run
 * @param modelChecksum of the model that gave the labels
 * @param validationAccuracy of that model, in [0, 1]
 * @param temperature of that model's probabilities
 * @param classes names in the order of their labels
 * @param trueLabels images of each class that the model was trained on with true labels
 * @param heldOut what the model says of labeled images that it was not trained on
 * @param given labels that the model gave
 * @param human images whose label is a human's
 * @param unreadable images that could not be read and have no label
 * @param examplesVersion of the examples table
 */
public record Candidate(
    String runId,
    String modelChecksum,
    double validationAccuracy,
    double temperature,
    List<String> classes,
    List<Long> trueLabels,
    LabelCounts heldOut,
    LabelCounts given,
    long human,
    long unreadable,
    long examplesVersion) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Candidate {
    classes = List.copyOf(classes);
    trueLabels = List.copyOf(trueLabels);
    require(
        classes.size() == trueLabels.size(),
        "%s classes need as many counts, found %s",
        classes.size(),
        trueLabels.size());
  }

  /**
   * The same labels once people have labeled more of the images, or fewer.
   *
   * @param givenNow labels that are the model's
   * @param humanNow images whose label is a human's
   */
  public Candidate with(LabelCounts givenNow, long humanNow) {
    return new Candidate(
        runId,
        modelChecksum,
        validationAccuracy,
        temperature,
        classes,
        trueLabels,
        heldOut,
        givenNow,
        humanNow,
        unreadable,
        examplesVersion);
  }

  /** How probably each label is right that the model gives images which it was not trained on. */
  public ExpectedPrecision precisionOfNew() {
    return new ExpectedPrecision(heldOut);
  }

  /** How probably each of these labels is right. */
  public ExpectedPrecision precisionOfEach() {
    return precisionOfNew().among(given.bands());
  }

  /** How probably a label of all that the model gave is right. */
  public Proportion precisionOfAll() {
    return precisionOfEach().of(given.byLabel());
  }

  /** The share of the model's labels that is right, where the truth is known of some. */
  public OptionalDouble knownPrecision() {
    return given.known() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) given.right() / given.known());
  }

  /** For a file. */
  public String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A candidate is plain values", e);
    }
  }

  /** Reads what {@link #toJson} wrote. */
  public static Candidate ofJson(String json) {
    try {
      return JSON.readValue(json, Candidate.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no candidate: " + json, e);
    }
  }
}
