package io.syllabus.augment;

import io.syllabus.config.TrainingSettings;
import java.util.SplittableRandom;

/**
 * A random change to an image that keeps its class. Stateless, so one augmentation serves every
 * thread; each thread brings its own generator.
 *
 * <p>An image is square, rows top to bottom, red, green and blue interleaved, one unsigned byte
 * each.
 */
@FunctionalInterface
public interface Augmentation {

  /**
   * Writes a changed copy of an image. Draws the same number of random values for every image, so
   * that an image's change depends on its place in the stream alone.
   *
   * @param image as it is stored; left as it is
   * @param augmented what is written whole, as the network takes it: never the same array
   */
  void apply(byte[] image, SplittableRandom random, byte[] augmented);

  /**
   * The augmentation that a setting names. Images that are stored as large as they are taken are
   * padded and cropped; of larger ones a random part is scaled.
   *
   * @param seed of what is drawn once for many images: the pairs of operations of {@code heavy}
   */
  static Augmentation of(TrainingSettings.Augmentation kind, Framing framing, long seed) {
    return switch (kind) {
      case NONE ->
          (image, random, augmented) ->
              System.arraycopy(framing.centre(image), 0, augmented, 0, augmented.length);
      case CROP -> crop(framing, false);
      case CROP_FLIP -> crop(framing, true);
      case HEAVY -> new HeavyAugmentation(Policy.drawn(seed), crop(framing, true), framing);
    };
  }

  private static Augmentation crop(Framing framing, boolean flips) {
    return framing.stored() == framing.taken()
        ? new RandomCrop(framing.taken(), flips)
        : new RandomResizedCrop(framing, flips);
  }
}
