package io.syllabus.augment;

import io.syllabus.config.TrainingSettings;
import java.util.SplittableRandom;

/**
 * A random change to an image that keeps its class. Stateless, so one augmentation serves every
 * thread; each thread brings its own generator.
 *
 * <p>An image is {@code size} × {@code size} pixels, rows top to bottom, red, green and blue
 * interleaved, one unsigned byte each.
 */
@FunctionalInterface
public interface Augmentation {

  /**
   * Writes a changed copy of an image. Draws the same number of random values for every image, so
   * that an image's change depends on its place in the stream alone.
   *
   * @param image what is read, left as it is
   * @param size width and height in pixels
   * @param augmented what is written whole: an array of the image's length, never the same array
   */
  void apply(byte[] image, int size, SplittableRandom random, byte[] augmented);

  /** The augmentation that a setting names. */
  static Augmentation of(TrainingSettings.Augmentation kind) {
    return switch (kind) {
      case NONE ->
          (image, size, random, augmented) ->
              System.arraycopy(image, 0, augmented, 0, image.length);
      case CROP -> new RandomCrop(false);
      case CROP_FLIP -> new RandomCrop(true);
    };
  }
}
