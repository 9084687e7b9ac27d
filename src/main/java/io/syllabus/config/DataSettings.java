package io.syllabus.config;

import java.util.List;
import java.util.Optional;

/**
 * Where the images come from and what is made of them: the keys under {@code data}.
 *
 * @param storedSize 0 where images are stored as large as the network takes them
 */
public record DataSettings(
    Optional<String> dataset,
    Optional<String> labeled,
    Optional<String> unlabeled,
    Optional<String> validation,
    Optional<String> test,
    int imageSize,
    int storedSize,
    Resize resize,
    long maxPixels,
    double maxBadFraction,
    int shards,
    Generate generate,
    Split split) {

  /** Pixels a side that images are stored with: {@code storedSize}, or the network's size. */
  public int sideStored() {
    return storedSize == 0 ? imageSize : storedSize;
  }

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

  /**
   * What is taken out of the labeled source: the keys under {@code data.split}.
   *
   * @param labeledClasses all where it is empty
   * @param unlabeledClasses all where it is empty
   * @param restIsPool whether what is left of the labeled source joins the pool
   */
  public record Split(
      int labeledPerClass,
      int validationPerClass,
      int poolPerClass,
      double validationFraction,
      List<String> labeledClasses,
      List<String> unlabeledClasses,
      boolean restIsPool) {
    public Split {
      labeledClasses = List.copyOf(labeledClasses);
      unlabeledClasses = List.copyOf(unlabeledClasses);
    }

    /** Whether the pool comes out of the labeled source. */
    public boolean hidesLabels() {
      return poolPerClass > 0 || restIsPool;
    }
  }
}
