package io.syllabus.publish;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.syllabus.evaluate.Proportion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What one version of the published labels says of itself.
 *
 * @param runId of the run whose model gave the labels
 * @param modelChecksum of that model
 * @param validationAccuracy of that model, in [0, 1]
 * @param examplesVersion of the examples table that the run read
 * @param human images whose label is a human's
 * @param model images whose label is the model's
 * @param expectedPrecision of the model's labels
 * @param overruled what the quality gates had against it or, where it still holds, against those
 *     that it was made from; else empty
 * @param change what came and went since the version before, where it is no run's
 * @param knownPrecision the share of the model's labels that is right, where the truth is known of
 *     some of a run's
 * @param audit what people said of the run's own labels; empty where nobody was asked
 * @param annotations version of the annotations that lie over the labels; empty before the first
 * @param again the earlier version that it publishes again; empty where it is none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Publication(
    String runId,
    String modelChecksum,
    double validationAccuracy,
    long examplesVersion,
    long human,
    long model,
    Proportion expectedPrecision,
    List<String> overruled,
    Optional<Change> change,
    OptionalDouble knownPrecision,
    Optional<Audit> audit,
    OptionalLong annotations,
    OptionalLong again) {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  /**
   * Images that came, changed and went.
   *
   * @param added with a content that no image had
   * @param changed the file is the same, its content is not
   * @param renamed with the content of an image that is gone
   * @param gone from the sources
   * @param reviewed whose label people have changed since, or taken back
   */
  public record Change(long added, long changed, long renamed, long gone, long reviewed) {

    /** What comes of a review. */
    public static Change reviewed(long images) {
      return new Change(0, 0, 0, 0, images);
    }

    /** Whether nothing came, changed or went. */
    @JsonIgnore
    public boolean isOfPeopleAlone() {
      return added + changed + renamed + gone == 0;
    }

    /** Whether there is nothing to publish. */
    @JsonIgnore
    public boolean isEmpty() {
      return isOfPeopleAlone() && reviewed == 0;
    }
  }

  public Publication {
    overruled = List.copyOf(overruled);
  }

  /**
   * What a run's labels say of themselves once they are published.
   *
   * @param annotations version of the annotations that lie over them
   * @param again the earlier version that is published again
   */
  public static Publication of(
      Candidate candidate,
      List<String> overruled,
      Optional<Audit> audit,
      OptionalLong annotations,
      OptionalLong again) {
    return new Publication(
        candidate.runId(),
        candidate.modelChecksum(),
        candidate.validationAccuracy(),
        candidate.examplesVersion(),
        candidate.human(),
        candidate.given().images(),
        candidate.precisionOfAll(),
        overruled,
        Optional.empty(),
        candidate.knownPrecision(),
        audit,
        annotations,
        again);
  }

  /**
   * What the next version says of itself where only a change is labeled.
   *
   * @param humanNow images whose label is a human's
   * @param modelNow images whose label is the model's
   * @param overruledNow what the quality gates have against the change, where it is forced
   * @param auditNow what people said of the run's labels
   * @param annotationsNow version of the annotations that lie over them
   */
  public Publication after(
      Change since,
      long humanNow,
      long modelNow,
      List<String> overruledNow,
      Optional<Audit> auditNow,
      OptionalLong annotationsNow) {
    return new Publication(
        runId,
        modelChecksum,
        validationAccuracy,
        examplesVersion,
        humanNow,
        modelNow,
        expectedPrecision,
        Stream.concat(overruled.stream().filter(QualityGates::lasts), overruledNow.stream())
            .toList(),
        Optional.of(since),
        OptionalDouble.empty(),
        auditNow,
        annotationsNow,
        OptionalLong.empty());
  }

  /** Whether these are a run's labels as it came to them, but for people's. */
  public boolean isOf(Candidate candidate) {
    return change.isEmpty()
        && again.isEmpty()
        && runId.equals(candidate.runId())
        && modelChecksum.equals(candidate.modelChecksum());
  }

  /** Whether quality gates were passed by. */
  public boolean isForced() {
    return !overruled.isEmpty();
  }

  /** The text that the table's commit is marked with. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A publication is plain values", e);
    }
  }

  /** Reads what {@link #toJson} wrote. */
  public static Publication ofJson(String json) {
    try {
      return JSON.readValue(json, Publication.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no publication: " + json, e);
    }
  }
}
