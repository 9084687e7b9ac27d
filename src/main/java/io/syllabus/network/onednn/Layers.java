package io.syllabus.network.onednn;

import static io.syllabus.Checks.require;

import io.syllabus.network.OutputRegularizers;
import io.syllabus.network.RegularizedCrossEntropy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * What a Deeplearning4j network consists of, read off its configuration, in an order in which each
 * layer comes after those that feed it.
 */
record Layers(String input, List<Node> nodes) {

  /** A layer and the names of those that feed it. */
  record Node(String name, List<String> inputs, Operation operation) {}

  /** The network holds something that is not computed here. */
  private static final class Unknown extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** The layers of an initialized network; empty where one of them is none of {@link Operation}. */
  static Optional<Layers> of(ComputationGraph network) {
    try {
      List<Node> nodes = new ArrayList<>();
      for (org.deeplearning4j.nn.graph.vertex.GraphVertex vertex : inOrder(network)) {
        String name = vertex.getVertexName();
        GraphVertex configured = network.getConfiguration().getVertices().get(name);
        if (configured != null) {
          nodes.add(
              new Node(
                  name,
                  List.copyOf(network.getConfiguration().getVertexInputs().get(name)),
                  new Reader(network, name).operation(configured)));
        }
      }
      return Optional.of(new Layers(network.getConfiguration().getNetworkInputs().get(0), nodes));
    } catch (Unknown unknown) {
      return Optional.empty();
    }
  }

  /** The layers that read a layer's output. */
  List<Node> readers(String name) {
    return nodes.stream().filter(node -> node.inputs().contains(name)).toList();
  }

  /** The layer that alone reads a layer's output; empty where there are several. */
  Optional<Node> onlyReader(String name) {
    List<Node> readers = readers(name);
    return readers.size() == 1 ? Optional.of(readers.get(0)) : Optional.empty();
  }

  private static List<org.deeplearning4j.nn.graph.vertex.GraphVertex> inOrder(
      ComputationGraph network) {
    List<org.deeplearning4j.nn.graph.vertex.GraphVertex> vertices = new ArrayList<>();
    for (int index : network.topologicalSortOrder()) {
      vertices.add(network.getVertices()[index]);
    }
    return vertices;
  }

  /** Reads one layer. */
  private record Reader(ComputationGraph network, String name) {

    Operation operation(GraphVertex vertex) throws Unknown {
      if (vertex instanceof ElementWiseVertex sum && sum.getOp() == ElementWiseVertex.Op.Add) {
        return new Operation.Sum();
      }
      if (vertex instanceof LayerVertex layer && layer.getPreProcessor() == null) {
        return operation(layer.getLayerConf().getLayer());
      }
      throw new Unknown();
    }

    private Operation operation(Layer layer) throws Unknown {
      checkNothingBeside(layer);
      if (layer instanceof ConvolutionLayer convolution) {
        return convolution(convolution);
      } else if (layer instanceof BatchNormalization norm) {
        return batchNorm(norm);
      } else if (layer instanceof ActivationLayer activation) {
        return new LeakyRelu(leak(activation.getActivationFn()));
      } else if (layer instanceof SubsamplingLayer pooling) {
        return maxPool(pooling);
      } else if (layer instanceof DropoutLayer dropout
          && dropout.getIDropout() instanceof org.deeplearning4j.nn.conf.dropout.Dropout rate) {
        return new Dropout(rate.getP());
      } else if (layer instanceof GlobalPoolingLayer pooling) {
        check(pooling.getPoolingType() == PoolingType.AVG);
        return new Operation.GlobalAverage();
      } else if (layer instanceof OutputLayer output) {
        return softmaxOutput(output);
      }
      throw new Unknown();
    }

    // What Deeplearning4j would do on the way to or from a layer, and nobody does here.
    private static void checkNothingBeside(Layer layer) throws Unknown {
      check(layer instanceof DropoutLayer || layer.getIDropout() == null);
      if (layer instanceof BaseLayer base) {
        check(base.getWeightNoise() == null && plainGradients(base));
      }
    }

    private static boolean plainGradients(BaseLayer layer) {
      return layer.getGradientNormalization() == null
          || layer.getGradientNormalization() == GradientNormalization.None;
    }

    private static double leak(IActivation activation) throws Unknown {
      if (activation instanceof ActivationLReLU leaky) {
        return leaky.getAlpha();
      }
      check(activation instanceof ActivationReLU);
      return 0;
    }

    private Convolution convolution(ConvolutionLayer layer) throws Unknown {
      check(layer.getActivationFn() instanceof ActivationIdentity && !layer.hasBias());
      Window window = window(layer.getKernelSize(), layer.getStride(), layer.getConvolutionMode());
      return new Convolution(
          window,
          parameter("W", layer.getNOut(), layer.getNIn(), window.kernel(), window.kernel()));
    }

    private Pooling maxPool(SubsamplingLayer layer) throws Unknown {
      check(layer.getPoolingType() == PoolingType.MAX);
      Window window = window(layer.getKernelSize(), layer.getStride(), layer.getConvolutionMode());
      check(isPlain(layer.getDilation(), 1));
      check(window.same() || isPlain(layer.getPadding(), 0));
      return new Pooling(window, true);
    }

    private static boolean isPlain(int[] values, int plain) {
      return Arrays.stream(values).allMatch(value -> value == plain);
    }

    private Window window(int[] kernel, int[] stride, ConvolutionMode mode) throws Unknown {
      check(kernel[0] == kernel[1] && stride[0] == stride[1]);
      return new Window(kernel[0], stride[0], mode == ConvolutionMode.Same);
    }

    private BatchNorm batchNorm(BatchNormalization layer) throws Unknown {
      check(!layer.isUseLogStd() && !layer.isLockGammaBeta());
      // β lies behind γ.
      return new BatchNorm(
          parameter("gamma", 2, layer.getNOut()),
          parameter("mean", layer.getNOut()),
          parameter("var", layer.getNOut()),
          layer.getDecay(),
          layer.getEps());
    }

    private SoftmaxOutput softmaxOutput(OutputLayer layer) throws Unknown {
      check(
          layer.getActivationFn() instanceof ActivationSoftmax
              && layer.getLossFn() instanceof LossMCXENT
              && network.getOutputLayer(0) instanceof IOutputLayer);
      return new SoftmaxOutput(
          parameter("W", layer.getNOut(), layer.getNIn()),
          parameter("b", layer.getNOut()),
          layer.getLossFn() instanceof RegularizedCrossEntropy loss
              ? loss.regularizers()
              : OutputRegularizers.NONE);
    }

    private Parameter parameter(String key, long... shape) {
      Parameter parameter = new Parameter(network.getLayer(name).getParam(key).offset(), shape);
      require(
          parameter.offset() + parameter.length() <= network.numParams(),
          "%s of layer %s lies outside the network's parameters",
          key,
          name);
      return parameter;
    }

    private static void check(boolean known) throws Unknown {
      if (!known) {
        throw new Unknown();
      }
    }
  }
}
