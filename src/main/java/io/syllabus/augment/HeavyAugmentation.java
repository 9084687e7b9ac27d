package io.syllabus.augment;

import java.util.SplittableRandom;

/**
 * What the Curriculum Labeling paper trains with: a pair of operations, crop and flip, Cutout.
 *
 * @param policy the pairs of one cycle
 * @param crop crop and flip
 */
record HeavyAugmentation(Policy policy, Augmentation crop, Framing framing)
    implements Augmentation {

  /** Draws seven values beside those of the crop: five for the pair, two for Cutout. */
  @Override
  public void apply(byte[] image, SplittableRandom random, byte[] augmented) {
    crop.apply(policy.apply(image, framing.stored(), random), random, augmented);
    Cutout.apply(augmented, framing.taken(), random);
  }
}
