package io.syllabus.config;

import java.util.Optional;

/** Where the images come from and what is made of them: the keys under {@code data}. */
public record DataSettings(
    Optional<String> dataset,
    Optional<String> labeled,
    Optional<String> unlabeled,
    Optional<String> validation,
    Optional<String> test,
    int imageSize,
    Resize resize,
    long maxPixels,
    double maxBadFraction,
    int shards,
    Generate generate,
    Split split) {

  /** How an image of another size becomes {@code imageSize} × {@code imageSize} pixels. */
  public enum Resize {
    /** Scale the shorter side to the size, cut the centre out of the longer one. */
    CROP,
    /** Scale both sides to the size, whatever the proportions. */
    SCALE,
    /** Only images of exactly the size are taken. */
    NONE
  }

  /** Generated digit images, instead of a source: the keys under {@code data.generate}. */
  public record Generate(int trainPerClass, int testPerClass) {}

  /** What is taken out of the labeled source: the keys under {@code data.split}. */
  public record Split(
      int labeledPerClass, int validationPerClass, int poolPerClass, double validationFraction) {}
}
