package io.syllabus.network.onednn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Joins layers into as few operations as can be. */
final class Fusion {
  private static final int CHANNELS = 3;
  private final Layers layers;
  private final float[] parameters;
  private final Program.Builder program = new Program.Builder();
  private final Map<String, Tensor> outputs = new HashMap<>();
  private Dense dense;
  private Tensor features;

  Fusion(Layers layers, float[] parameters) {
    this.layers = layers;
    this.parameters = parameters;
  }

  OneDnnPredictor predictor(int batchSize, int imageSize) {
    Tensor images =
        program.keep(Tensor.allocated(Tensor.rows(batchSize, CHANNELS, imageSize, imageSize)));
    outputs.put(layers.input(), images);
    for (Layers.Node node : layers.nodes()) {
      if (!outputs.containsKey(node.name())) {
        append(node);
      }
    }
    return new OneDnnPredictor(program.build(), images, features, dense);
  }

  private void append(Layers.Node node) {
    Tensor input = outputs.get(node.inputs().get(0));
    Operation operation = node.operation();
    if (operation instanceof Convolution convolution) {
      appendConvolution(node, convolution, input);
    } else if (operation instanceof BatchNorm norm) {
      outputs.put(node.name(), norm.append(program, input, parameters));
    } else if (operation instanceof LeakyRelu activation) {
      boolean over = isReadBy(input, node) && !input.isPlaced();
      outputs.put(node.name(), activation.append(program, input, over));
    } else if (operation instanceof Pooling pooling) {
      outputs.put(node.name(), pooling.append(program, input));
    } else if (operation instanceof Operation.GlobalAverage mean) {
      outputs.put(node.name(), mean.over(input).append(program, input));
    } else if (operation instanceof Dropout) {
      outputs.put(node.name(), input);
    } else if (operation instanceof Operation.Sum) {
      outputs.put(
          node.name(), Elementwise.SUM.append(program, input, outputs.get(node.inputs().get(1))));
    } else if (operation instanceof SoftmaxOutput output) {
      appendOutput(output, input);
    }
  }

  private void appendConvolution(Layers.Node node, Convolution convolution, Tensor input) {
    Chain chain = new Chain(node.name());
    ScaleShift norm =
        chain.norm().orElseGet(() -> ScaleShift.none((int) convolution.weights().shape()[0]));
    Optional<Tensor> addend = chain.addend();
    OptionalDouble leak = chain.activation();
    FusedConvolution fused = new FusedConvolution(convolution, norm, addend, leak);
    chain.end(fused.append(program, input, parameters));
  }

  private void appendOutput(SoftmaxOutput output, Tensor input) {
    int images = Math.toIntExact(input.dimension(0));
    int inputs = Math.toIntExact(input.dimension(1));
    features = program.keep(Tensor.allocated(Tensor.rows(images, inputs, 1, 1)));
    program.copy(input, features);
    dense = new Dense(images, output.weights().of(parameters), output.biases().of(parameters));
  }

  // Whether all that reads a tensor, under any name, is done but one layer.
  private boolean isReadBy(Tensor tensor, Layers.Node last) {
    return outputs.entrySet().stream()
        .filter(output -> output.getValue().storage() == tensor.storage())
        .flatMap(output -> layers.readers(output.getKey()).stream())
        .allMatch(reader -> reader.equals(last) || outputs.containsKey(reader.name()));
  }

  /** A layer and those after it that are done on its way. */
  private final class Chain {
    private final List<String> joined = new ArrayList<>();

    Chain(String first) {
      joined.add(first);
    }

    Optional<ScaleShift> norm() {
      return next()
          .filter(node -> node.operation() instanceof BatchNorm)
          .map(node -> ScaleShift.of((BatchNorm) join(node), parameters));
    }

    OptionalDouble activation() {
      return next()
          .filter(node -> node.operation() instanceof LeakyRelu)
          .map(node -> OptionalDouble.of(((LeakyRelu) join(node)).leak()))
          .orElse(OptionalDouble.empty());
    }

    /** The other summand of a sum that comes next, if the output can be added in its place. */
    Optional<Tensor> addend() {
      Optional<Layers.Node> sum = next().filter(node -> node.operation() instanceof Operation.Sum);
      Optional<Tensor> other =
          sum.flatMap(node -> otherInput(node))
              .filter(tensor -> isReadBy(tensor, sum.orElseThrow()));
      other.ifPresent(tensor -> join(sum.orElseThrow()));
      return other;
    }

    private Optional<Tensor> otherInput(Layers.Node sum) {
      int other = sum.inputs().get(0).equals(last()) ? 1 : 0;
      return Optional.ofNullable(outputs.get(sum.inputs().get(other)))
          .filter(tensor -> !tensor.isPlaced());
    }

    void end(Tensor output) {
      joined.forEach(name -> outputs.put(name, output));
    }

    private Optional<Layers.Node> next() {
      return layers.onlyReader(last());
    }

    private Operation join(Layers.Node node) {
      joined.add(node.name());
      return node.operation();
    }

    private String last() {
      return joined.get(joined.size() - 1);
    }
  }
}
