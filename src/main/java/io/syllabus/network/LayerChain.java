package io.syllabus.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Appends layers to a graph, each fed by the one before; names them by kind and number. */
final class LayerChain {
  static final String INPUT = "image";
  static final String OUTPUT = "class";

  private final GraphBuilder graph;
  private final double leak;
  private final Regularization regularization;
  private boolean he;
  private String last = INPUT;
  private int layers;

  /**
   * @param leak slope of LeakyReLU below 0; with 0 it is ReLU
   * @param regularization what a dropout drops, and what is added to the loss
   */
  LayerChain(GraphBuilder graph, double leak, Regularization regularization) {
    this.regularization = regularization;
    this.graph = graph.addInputs(INPUT);
    this.leak = leak;
  }

  /** The name of the layer that the next one is fed by. */
  String last() {
    return last;
  }

  /** Lets the next layer be fed by an earlier one. */
  LayerChain from(String layer) {
    last = layer;
    return this;
  }

  /**
   * Lets convolutions start with normal weights of variance 2 / (kernel² · channels), where
   * channels are the outputs (He, Zhang, Ren, Sun: "Delving Deep into Rectifiers", ICCV 2015,
   * equation 14).
   */
  LayerChain startingAsHe() {
    he = true;
    return this;
  }

  /** A convolution without bias: the batch norm after it has one. */
  LayerChain convolution(int kernel, int stride, int channels, ConvolutionMode padding) {
    ConvolutionLayer.Builder layer =
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .nOut(channels)
            .convolutionMode(padding)
            .hasBias(false)
            .activation(Activation.IDENTITY);
    if (he) {
      layer.weightInit(new NormalDistribution(0, Math.sqrt(2.0 / (kernel * kernel * channels))));
    }
    return add("conv", layer.build());
  }

  /** Batch norm. The variance itself is kept, so that what workers average is variances. */
  LayerChain batchNorm() {
    return add("norm", new BatchNormalization.Builder().useLogStd(false).build());
  }

  /** LeakyReLU, in a layer of its own: Deeplearning4j's batch norm ignores an activation. */
  LayerChain activation() {
    return add("activation", new ActivationLayer.Builder(new ActivationLReLU(leak)).build());
  }

  /** Max pooling of 2×2 values that do not overlap. */
  LayerChain maxPool() {
    return add("pool", pooling(2, 2).build());
  }

  /**
   * Max pooling whose windows overlap, padded so that the stride alone makes the output smaller.
   */
  LayerChain maxPool(int kernel, int stride) {
    return add("pool", pooling(kernel, stride).convolutionMode(ConvolutionMode.Same).build());
  }

  private static SubsamplingLayer.Builder pooling(int kernel, int stride) {
    return new SubsamplingLayer.Builder(
        SubsamplingLayer.PoolingType.MAX, new int[] {kernel, kernel}, new int[] {stride, stride});
  }

  /** Dropout; no layer at all where nothing is dropped. */
  LayerChain dropout() {
    double dropped = regularization.dropout();
    return dropped == 0 ? this : add("dropout", new DropoutLayer.Builder(1 - dropped).build());
  }

  /** Adds the outputs of two layers. */
  LayerChain sum(String one, String other) {
    String name = nextName("sum");
    graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), one, other);
    last = name;
    return this;
  }

  /**
   * Global average pooling, then softmax over the classes with cross entropy. A label row may sum
   * to any weight: only with class weights, here all 1, is Deeplearning4j's gradient {@code
   * sum(row) · probabilities − row}; without them it takes the sum for 1. Its label mask is no way
   * to weigh examples either: the output layer multiplies the logits by it.
   */
  void classify(int classes) {
    add("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
    graph.addLayer(OUTPUT, output(classes, regularization).build(), last);
    graph.setOutputs(OUTPUT);
  }

  /** The layer that {@link #classify} ends with, fed by so many values. */
  static OutputLayer outputLayer(int classes, Regularization regularization, int inputs) {
    return output(classes, regularization).nIn(inputs).weightInit(WeightInit.UNIFORM).build();
  }

  private static OutputLayer.Builder output(int classes, Regularization regularization) {
    return new OutputLayer.Builder(loss(Nd4j.ones(1, classes), regularization.output()))
        .nOut(classes)
        .activation(Activation.SOFTMAX);
  }

  private static LossMCXENT loss(INDArray weights, OutputRegularizers regularizers) {
    return regularizers.isNone()
        ? new LossMCXENT(weights)
        : new RegularizedCrossEntropy(weights, regularizers.classBalance(), regularizers.entropy());
  }

  private LayerChain add(String kind, Layer layer) {
    String name = nextName(kind);
    graph.addLayer(name, layer, last);
    last = name;
    return this;
  }

  private String nextName(String kind) {
    layers++;
    return kind + "-" + layers;
  }
}
