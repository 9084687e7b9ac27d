package io.syllabus.network;

import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Cross entropy and {@link OutputRegularizers}, for the {@link OutputLayer} of a softmax. */
public final class RegularizedCrossEntropy extends LossMCXENT {
  private static final long serialVersionUID = 1L;

  private final double classBalance;
  private final double entropy;

  /**
   * @param weights of the classes, all 1: see {@link LayerChain#classify}
   */
  public RegularizedCrossEntropy(
      @JsonProperty("weights") INDArray weights,
      @JsonProperty("classBalance") double classBalance,
      @JsonProperty("entropy") double entropy) {
    super(weights);
    this.classBalance = classBalance;
    this.entropy = entropy;
  }

  public double getClassBalance() {
    return classBalance;
  }

  public double getEntropy() {
    return entropy;
  }

  /** What is added to the cross entropy. */
  public OutputRegularizers regularizers() {
    return new OutputRegularizers(classBalance, entropy);
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray logits, IActivation softmax, INDArray mask, boolean average) {
    double score = super.computeScore(labels, logits, softmax, mask, average);
    float[] unused = new float[Math.toIntExact(logits.length())];
    double added = addTo(unused, logits, softmax);
    return score + (average ? added / logits.size(0) : added);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray logits, IActivation softmax, INDArray mask) {
    INDArray gradients = super.computeGradient(labels, logits, softmax, mask);
    float[] added = new float[Math.toIntExact(logits.length())];
    addTo(added, logits, softmax);
    return gradients.addi(FlatVector.array(added, logits.shape()));
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray logits, IActivation softmax, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, logits, softmax, mask, average),
        computeGradient(labels, logits, softmax, mask));
  }

  private double addTo(float[] logitGradients, INDArray logits, IActivation softmax) {
    float[] probabilities = softmax.getActivation(logits.dup('c'), true).dup('c').data().asFloat();
    return regularizers()
        .addGradients(probabilities, Math.toIntExact(logits.size(1)), logitGradients);
  }

  @Override
  public String name() {
    return toString();
  }

  @Override
  public String toString() {
    return "RegularizedCrossEntropy(" + classBalance + ", " + entropy + ")";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RegularizedCrossEntropy that
        && super.equals(that)
        && that.regularizers().equals(regularizers());
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof RegularizedCrossEntropy;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + regularizers().hashCode();
  }
}
