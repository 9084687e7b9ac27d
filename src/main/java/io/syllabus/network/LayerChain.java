package io.syllabus.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;

/** Appends layers to a graph, each fed by the one before; names them by kind and number. */
final class LayerChain {
  static final String INPUT = "image";
  static final String OUTPUT = "class";

  private final GraphBuilder graph;
  private final double leak;
  private String last = INPUT;
  private int layers;

  /**
   * @param leak slope of LeakyReLU below 0
   */
  LayerChain(GraphBuilder graph, double leak) {
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

  /** A convolution without bias: the batch norm after it has one. */
  LayerChain convolution(int kernel, int stride, int channels, ConvolutionMode padding) {
    return add(
        "conv",
        new ConvolutionLayer.Builder(kernel, kernel)
            .stride(stride, stride)
            .nOut(channels)
            .convolutionMode(padding)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build());
  }

  /**
   * Batch norm and LeakyReLU. The variance itself is kept, so that workers' average is its mean.
   */
  LayerChain batchNormAndActivation() {
    return add(
        "norm",
        new BatchNormalization.Builder()
            .useLogStd(false)
            .activation(new ActivationLReLU(leak))
            .build());
  }

  LayerChain maxPool() {
    return add(
        "pool",
        new SubsamplingLayer.Builder(
                SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {2, 2})
            .build());
  }

  LayerChain dropout(double retained) {
    return add("dropout", new DropoutLayer.Builder(retained).build());
  }

  /** Adds the outputs of two layers. */
  LayerChain sum(String one, String other) {
    String name = nextName("sum");
    graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), one, other);
    last = name;
    return this;
  }

  /** Global average pooling, then softmax over the classes with cross entropy. */
  void classify(int classes) {
    add("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
    graph.addLayer(
        OUTPUT,
        new OutputLayer.Builder(new WeightedCrossEntropy())
            .nOut(classes)
            .activation(Activation.SOFTMAX)
            .build(),
        last);
    graph.setOutputs(OUTPUT);
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
