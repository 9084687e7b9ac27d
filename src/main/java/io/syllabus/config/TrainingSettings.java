package io.syllabus.config;

/** How a network is trained: the keys under {@code training}. */
public record TrainingSettings(
    int workers,
    int epochs,
    int batchSize,
    int averagingFrequency,
    double learningRate,
    double momentum,
    double l2,
    ClassWeights classWeights,
    Augmentation augmentation) {

  /** How an example of the pseudo-label cycles weighs in the loss. */
  public enum ClassWeights {
    /** (N − n_c)/n_c for an example of class c, with n_c of N training examples labeled c. */
    BALANCED,
    /** Every example alike. */
    NONE
  }

  /** What is done to an image before the network trains on it. */
  public enum Augmentation {
    /** Nothing. */
    NONE,
    /** Random crop after padding by reflection: for digits, text and all that a mirror changes. */
    CROP,
    /** Random crop after padding by reflection, and a horizontal flip half of the time. */
    CROP_FLIP
  }
}
