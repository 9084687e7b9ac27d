package io.syllabus.config;

/**
 * How a network is trained: the keys under {@code training}.
 *
 * @param minibatchesPerEpoch 0 where an epoch sees each example once
 * @param decayEpochs epochs until the learning rate is 0; 0 stands for {@code epochs}
 * @param maxGradientNorm 0 where gradients are not clipped
 * @param mixupAlpha 0 where images are not mixed
 * @param labeledPerMinibatch 0 where chance decides
 * @param classBalance 0 where nothing speaks for even classes
 * @param entropy 0 where nothing speaks against doubt
 */
public record TrainingSettings(
    int workers,
    int epochs,
    int minibatchesPerEpoch,
    int batchSize,
    int averagingFrequency,
    double learningRate,
    int warmUpEpochs,
    int decayEpochs,
    double momentum,
    double l2,
    double maxGradientNorm,
    ClassWeights classWeights,
    Augmentation augmentation,
    double mixupAlpha,
    double labelSmoothing,
    PseudoLabels pseudoLabels,
    int labeledPerMinibatch,
    double classBalance,
    double entropy,
    WeightAveraging weightAveraging) {

  /**
   * Stochastic weight averaging: the keys under {@code training.weight-averaging}.
   *
   * @param startEpoch whose weights are the first of the average, from 1; 0 averages none
   * @param everyEpochs epochs from one that joins the average to the next
   */
  public record WeightAveraging(int startEpoch, int everyEpochs) {
    /** Whether the weights of an epoch, from 1, join the average. */
    public boolean includes(int epoch) {
      return startEpoch > 0 && epoch >= startEpoch && (epoch - startEpoch) % everyEpochs == 0;
    }
  }

  /** What a pool image is trained on as. */
  public enum PseudoLabels {
    /** The class that the cycle found, throughout the cycle: the published way. */
    HARD,
    /** The probabilities of all classes, found anew after each epoch. */
    SOFT
  }

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
    CROP_FLIP,
    /** A random pair of operations, crop and flip, and Cutout: what the paper trains with. */
    HEAVY
  }

  /** Epochs until the learning rate is 0, however many of them are trained. */
  public int epochsToZero() {
    return decayEpochs == 0 ? epochs : decayEpochs;
  }
}
