package io.syllabus.network.onednn;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/**
 * The largest value, or the mean, of every place of a window, in training.
 *
 * @param largest whether it is the largest
 */
record Pooling(Window window, boolean largest) implements Operation {

  /** Appends the pooling of an input of [images, channels, height, width]. */
  Tensor append(Tape tape, Tensor input) {
    pooling_forward.primitive_desc forward = forward(dnnl.prop_kind.forward_training, input);
    Tensor output = Tensor.of(forward.dst_desc());
    Map<Integer, Tensor> places = largest ? places(forward) : Map.of();
    Map<Integer, Tensor> arguments = new HashMap<>(places);
    arguments.put(dnnl.DNNL_ARG_SRC, input);
    arguments.put(dnnl.DNNL_ARG_DST, output);
    tape.program().add("pooling", new pooling_forward(forward), arguments);
    return tape.onBackward(
        output, gradient -> appendGradient(tape, input, output, gradient, places, forward));
  }

  /** Appends the pooling to a program that only scores. */
  Tensor append(Program.Builder program, Tensor input) {
    pooling_forward.primitive_desc forward = forward(dnnl.prop_kind.forward_inference, input);
    Tensor output = Tensor.of(forward.dst_desc());
    program.add(
        "pooling",
        new pooling_forward(forward),
        Map.of(dnnl.DNNL_ARG_SRC, input, dnnl.DNNL_ARG_DST, output));
    return output;
  }

  private pooling_forward.primitive_desc forward(dnnl.prop_kind purpose, Tensor input) {
    return new pooling_forward.primitive_desc(
        new pooling_forward.desc(
            purpose.value,
            algorithm(),
            input.layout(),
            Tensor.any(
                input.dimension(0),
                input.dimension(1),
                window.output(input.dimension(2)),
                window.output(input.dimension(3))),
            window.strides(),
            window.kernels(),
            window.paddingBefore(input),
            window.paddingAfter(input)),
        OneDnn.attributes(),
        OneDnn.cpu());
  }

  private void appendGradient(
      Tape tape,
      Tensor input,
      Tensor output,
      Tensor gradient,
      Map<Integer, Tensor> places,
      pooling_forward.primitive_desc forward) {
    pooling_backward.primitive_desc backward =
        new pooling_backward.primitive_desc(
            new pooling_backward.desc(
                algorithm(),
                input.layout(),
                output.layout(),
                window.strides(),
                window.kernels(),
                window.paddingBefore(input),
                window.paddingAfter(input)),
            OneDnn.attributes(),
            OneDnn.cpu(),
            forward);
    Tensor inputGradient = Tensor.of(input.layout());
    Map<Integer, Tensor> arguments = new HashMap<>(places);
    arguments.put(dnnl.DNNL_ARG_DIFF_DST, tape.program().in(gradient, output.layout()));
    arguments.put(dnnl.DNNL_ARG_DIFF_SRC, inputGradient);
    tape.program().add("pooling, gradient", new pooling_backward(backward), arguments);
    tape.addGradient(input, inputGradient);
  }

  // Where in its window each largest value lay.
  private static Map<Integer, Tensor> places(pooling_forward.primitive_desc forward) {
    return Map.of(dnnl.DNNL_ARG_WORKSPACE, Tensor.of(forward.workspace_desc()));
  }

  private int algorithm() {
    return largest
        ? dnnl.algorithm.pooling_max.value
        : dnnl.algorithm.pooling_avg_exclude_padding.value;
  }
}
