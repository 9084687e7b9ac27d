package io.syllabus.network;

import static io.syllabus.Checks.require;

import io.syllabus.config.NetworkSettings.Architecture;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * The network architectures, for square RGB images of any size from 8 pixels and any number of
 * classes. Input: float [images, 3, size, size] in [-1, 1]; output: probabilities [images,
 * classes].
 */
public final class Architectures {
  private static final int RGB = 3;
  private static final int[] BLOCKS_18 = {2, 2, 2, 2};
  private static final int[] BLOCKS_50 = {3, 4, 6, 3};

  private Architectures() {}

  /** The same with the architecture's own regularization. */
  public static ComputationGraphConfiguration configuration(
      Architecture architecture, int imageSize, int classes, Sgd sgd, long seed) {
    return configuration(
        architecture, imageSize, classes, Regularization.of(architecture), sgd, seed);
  }

  /**
   * A network's configuration, ready to be initialized with fresh weights: uniform within
   * ±1/√(inputs of a neuron), as PyTorch's layers start.
   *
   * @param imageSize pixels a side, 8 or more
   * @param classes 2 or more
   * @param seed of the weights
   */
  public static ComputationGraphConfiguration configuration(
      Architecture architecture,
      int imageSize,
      int classes,
      Regularization regularization,
      Sgd sgd,
      long seed) {
    require(imageSize >= 8, "images must have 8 pixels a side or more, found: %s", imageSize);
    require(classes >= 2, "a classifier needs 2 classes or more, found: %s", classes);
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            .weightInit(WeightInit.UNIFORM)
            .updater(new Nesterovs(sgd.learningRate(), sgd.momentum()))
            .l2(sgd.l2())
            .graphBuilder();
    switch (architecture) {
      case SMALL_CNN -> smallCnn(new LayerChain(graph, 0.1, regularization), classes);
      case CNN_13 -> cnn13(new LayerChain(graph, 0.1, regularization), imageSize, classes);
      case WIDE_RESNET_28_2 ->
          wideResNet(new LayerChain(graph, 0.01, regularization), 4, 2, classes);
      case RESNET_18 -> resNet(new LayerChain(graph, 0, regularization), false, BLOCKS_18, classes);
      case RESNET_50 -> resNet(new LayerChain(graph, 0, regularization), true, BLOCKS_50, classes);
    }
    return graph.setInputTypes(InputType.convolutional(imageSize, imageSize, RGB)).build();
  }

  // LeakyReLU rises everywhere, so that it may as well follow the pooling, at a quarter of the
  // cost.
  private static void smallCnn(LayerChain chain, int classes) {
    for (int channels : new int[] {32, 64, 128}) {
      chain.convolution(3, 1, channels, ConvolutionMode.Same).batchNorm().maxPool().activation();
    }
    chain.dropout().classify(classes);
  }

  // Laine, Aila: "Temporal Ensembling for Semi-Supervised Learning", ICLR 2017, table 5, with batch
  // norm in place of weight normalization.
  private static void cnn13(LayerChain chain, int imageSize, int classes) {
    for (int channels : new int[] {128, 256}) {
      for (int i = 0; i < 3; i++) {
        chain.convolution(3, 1, channels, ConvolutionMode.Same).batchNorm().activation();
      }
      chain.maxPool().dropout();
    }
    // Two poolings leave less than the unpadded 3×3 needs of images under 12 pixels.
    ConvolutionMode padding = imageSize < 12 ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    chain
        .convolution(3, 1, 512, padding)
        .batchNorm()
        .activation()
        .convolution(1, 1, 256, ConvolutionMode.Same)
        .batchNorm()
        .activation()
        .convolution(1, 1, 128, ConvolutionMode.Same)
        .batchNorm()
        .activation()
        .classify(classes);
  }

  // Zagoruyko, Komodakis: "Wide Residual Networks", BMVC 2016: depth 6n + 4, pre-activation. As in
  // the code of the Curriculum Labeling paper the second convolution of a block has the stride, a
  // 1×1 convolution of the block's input is the shortcut where the shape changes, and LeakyReLU has
  // PyTorch's default slope.
  private static void wideResNet(LayerChain chain, int blocks, int width, int classes) {
    chain.convolution(3, 1, 16, ConvolutionMode.Same);
    int inputs = 16;
    for (int stage = 0; stage < 3; stage++) {
      int channels = (16 << stage) * width;
      for (int block = 0; block < blocks; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        residualBlock(chain, channels, stride, inputs != channels);
        inputs = channels;
      }
    }
    chain.batchNorm().activation().classify(classes);
  }

  private static void residualBlock(
      LayerChain chain, int channels, int stride, boolean shapeChanges) {
    String input = chain.last();
    String residual =
        chain
            .batchNorm()
            .activation()
            .convolution(3, 1, channels, ConvolutionMode.Same)
            .batchNorm()
            .activation()
            .dropout()
            .convolution(3, stride, channels, ConvolutionMode.Same)
            .last();
    String shortcut =
        shapeChanges
            ? chain.from(input).convolution(1, stride, channels, ConvolutionMode.Same).last()
            : input;
    chain.sum(residual, shortcut);
  }

  // He, Zhang, Ren, Sun: "Deep Residual Learning for Image Recognition", CVPR 2016, table 1, as
  // torchvision has it: the 3×3 convolution of a bottleneck has the stride, convolutions start with
  // He's normal weights by their outputs.
  private static void resNet(LayerChain chain, boolean bottlenecks, int[] blocks, int classes) {
    chain.startingAsHe().convolution(7, 2, 64, ConvolutionMode.Same).batchNorm().activation();
    chain.maxPool(3, 2);
    int expansion = bottlenecks ? 4 : 1;
    int inputs = 64;
    for (int stage = 0; stage < blocks.length; stage++) {
      int channels = 64 << stage;
      for (int block = 0; block < blocks[stage]; block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        String input = chain.last();
        String residual =
            bottlenecks ? bottleneck(chain, channels, stride) : basic(chain, channels, stride);
        boolean shapeChanges = stride > 1 || inputs != channels * expansion;
        String shortcut =
            shapeChanges ? shortcut(chain, input, channels * expansion, stride) : input;
        chain.sum(residual, shortcut).activation();
        inputs = channels * expansion;
      }
    }
    chain.dropout().classify(classes);
  }

  private static String basic(LayerChain chain, int channels, int stride) {
    return chain
        .convolution(3, stride, channels, ConvolutionMode.Same)
        .batchNorm()
        .activation()
        .convolution(3, 1, channels, ConvolutionMode.Same)
        .batchNorm()
        .last();
  }

  private static String bottleneck(LayerChain chain, int channels, int stride) {
    return chain
        .convolution(1, 1, channels, ConvolutionMode.Same)
        .batchNorm()
        .activation()
        .convolution(3, stride, channels, ConvolutionMode.Same)
        .batchNorm()
        .activation()
        .convolution(1, 1, 4 * channels, ConvolutionMode.Same)
        .batchNorm()
        .last();
  }

  private static String shortcut(LayerChain chain, String input, int channels, int stride) {
    return chain
        .from(input)
        .convolution(1, stride, channels, ConvolutionMode.Same)
        .batchNorm()
        .last();
  }
}
