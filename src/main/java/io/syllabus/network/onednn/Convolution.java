package io.syllabus.network.onednn;

import java.util.Map;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * A convolution without bias, in training.
 *
 * @param weights [outputs, inputs, kernel, kernel]
 */
record Convolution(Window window, Parameter weights) implements Operation {
  private static final int ALGORITHM = dnnl.algorithm.convolution_direct.value;

  /** Appends the convolution of an input of [images, inputs, height, width]. */
  Tensor append(Tape tape, Tensor input) {
    convolution_forward.primitive_desc forward = forward(input);
    Tensor ready = tape.program().in(input, forward.src_desc());
    Tensor output = Tensor.of(forward.dst_desc());
    tape.program()
        .add(
            "convolution",
            new convolution_forward(forward),
            Map.of(
                dnnl.DNNL_ARG_SRC, ready,
                dnnl.DNNL_ARG_WEIGHTS,
                    tape.program().in(tape.value(weights), forward.weights_desc()),
                dnnl.DNNL_ARG_DST, output));
    return tape.onBackward(
        output,
        gradient -> {
          appendWeightGradient(tape, ready, gradient, forward);
          if (tape.needsGradient(input)) {
            tape.addGradient(input, inputGradient(tape, ready, gradient, forward));
          }
        });
  }

  private convolution_forward.primitive_desc forward(Tensor input) {
    convolution_forward.desc description =
        new convolution_forward.desc(
            dnnl.prop_kind.forward_training.value,
            ALGORITHM,
            source(input),
            Tensor.any(weights.shape()),
            output(input),
            window.strides(),
            window.paddingBefore(input),
            window.paddingAfter(input));
    return new convolution_forward.primitive_desc(description, OneDnn.attributes(), OneDnn.cpu());
  }

  /** The same convolution, with a bias, for a program that only scores. */
  convolution_forward.desc inference(Tensor input) {
    return new convolution_forward.desc(
        dnnl.prop_kind.forward_inference.value,
        ALGORITHM,
        source(input),
        Tensor.any(weights.shape()),
        Tensor.rows(weights.shape()[0]),
        output(input),
        window.strides(),
        window.paddingBefore(input),
        window.paddingAfter(input));
  }

  // The image itself stays in plain rows: for three channels oneDNN has kernels that read them.
  private static memory.desc source(Tensor input) {
    return input.isPlaced() ? input.layout() : like(input);
  }

  private void appendWeightGradient(
      Tape tape, Tensor input, Tensor gradient, convolution_forward.primitive_desc forward) {
    convolution_backward_weights.desc description =
        new convolution_backward_weights.desc(
            ALGORITHM,
            source(input),
            Tensor.any(weights.shape()),
            like(gradient),
            window.strides(),
            window.paddingBefore(input),
            window.paddingAfter(input));
    convolution_backward_weights.primitive_desc backward =
        new convolution_backward_weights.primitive_desc(
            description, OneDnn.attributes(), OneDnn.cpu(), forward);
    Tensor target = tape.gradient(weights);
    Tensor weightGradient =
        backward.diff_weights_desc().equals(target.layout())
            ? target
            : Tensor.of(backward.diff_weights_desc());
    tape.program()
        .add(
            "convolution, gradient of weights",
            new convolution_backward_weights(backward),
            Map.of(
                dnnl.DNNL_ARG_SRC, tape.program().in(input, backward.src_desc()),
                dnnl.DNNL_ARG_DIFF_DST, tape.program().in(gradient, backward.diff_dst_desc()),
                dnnl.DNNL_ARG_DIFF_WEIGHTS, weightGradient));
    if (weightGradient != target) {
      tape.program().copy(weightGradient, target);
    }
  }

  private Tensor inputGradient(
      Tape tape, Tensor input, Tensor gradient, convolution_forward.primitive_desc forward) {
    convolution_backward_data.desc description =
        new convolution_backward_data.desc(
            ALGORITHM,
            like(input),
            Tensor.any(weights.shape()),
            like(gradient),
            window.strides(),
            window.paddingBefore(input),
            window.paddingAfter(input));
    convolution_backward_data.primitive_desc backward =
        new convolution_backward_data.primitive_desc(
            description, OneDnn.attributes(), OneDnn.cpu(), forward);
    Tensor inputGradient = Tensor.of(backward.diff_src_desc());
    tape.program()
        .add(
            "convolution, gradient of input",
            new convolution_backward_data(backward),
            Map.of(
                dnnl.DNNL_ARG_DIFF_DST, tape.program().in(gradient, backward.diff_dst_desc()),
                dnnl.DNNL_ARG_WEIGHTS,
                    tape.program().in(tape.value(weights), backward.weights_desc()),
                dnnl.DNNL_ARG_DIFF_SRC, inputGradient));
    return inputGradient;
  }

  private memory.desc output(Tensor input) {
    return Tensor.any(
        input.dimension(0),
        weights.shape()[0],
        window.output(input.dimension(2)),
        window.output(input.dimension(3)));
  }

  private static memory.desc like(Tensor tensor) {
    return Tensor.any(
        tensor.dimension(0), tensor.dimension(1), tensor.dimension(2), tensor.dimension(3));
  }
}
