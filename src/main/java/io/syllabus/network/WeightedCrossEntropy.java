package io.syllabus.network;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Cross entropy of a softmax for labels whose rows sum to their example's weight: one-hot rows
 * times the weight. The loss of an example is {@code −weight · log p} of its class, its gradient
 * {@code weight · (p − oneHot)}.
 *
 * <p>Deeplearning4j's own takes rows to sum to 1. Its label mask is no place for weights: the
 * output layer multiplies the softmax's input by it as well.
 */
public final class WeightedCrossEntropy extends LossMCXENT {
  private static final long serialVersionUID = 1L;

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation softmax, INDArray mask) {
    INDArray probabilities = softmax.getActivation(preOutput.dup(), true);
    return probabilities.muliColumnVector(labels.sum(true, 1)).subi(labels);
  }
}
