package io.syllabus.network.onednn;

import java.util.Map;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;

/**
 * LeakyReLU, in training.
 *
 * @param leak slope below 0, 0 or more: the output then tells what the input's sign was
 */
record LeakyRelu(double leak) implements Operation {

  /**
   * Appends the activation of an input of any shape.
   *
   * @param over whether the output may take the input's place
   */
  Tensor append(Tape tape, Tensor input, boolean over) {
    Tensor output = over ? input.overwritten() : Tensor.of(input.layout());
    eltwise_forward.primitive_desc forward = forward(dnnl.prop_kind.forward_training, input);
    append(tape.program(), forward, input, output);
    return tape.onBackward(
        output, gradient -> appendGradient(tape, input, output, gradient, forward));
  }

  /** Appends the activation to a program that only scores. */
  Tensor append(Program.Builder program, Tensor input, boolean over) {
    Tensor output = over ? input.overwritten() : Tensor.of(input.layout());
    append(program, forward(dnnl.prop_kind.forward_inference, input), input, output);
    return output;
  }

  private static void append(
      Program.Builder program,
      eltwise_forward.primitive_desc forward,
      Tensor input,
      Tensor output) {
    program.add(
        "LeakyReLU",
        new eltwise_forward(forward),
        Map.of(dnnl.DNNL_ARG_SRC, input, dnnl.DNNL_ARG_DST, output));
  }

  private eltwise_forward.primitive_desc forward(dnnl.prop_kind purpose, Tensor input) {
    return new eltwise_forward.primitive_desc(
        new eltwise_forward.desc(
            purpose.value,
            dnnl.algorithm.eltwise_relu_use_dst_for_bwd.value,
            input.layout(),
            (float) leak,
            0),
        OneDnn.attributes(),
        OneDnn.cpu());
  }

  private void appendGradient(
      Tape tape,
      Tensor input,
      Tensor output,
      Tensor gradient,
      eltwise_forward.primitive_desc forward) {
    Tensor alike = tape.program().in(gradient, output.layout());
    eltwise_backward.primitive_desc backward =
        new eltwise_backward.primitive_desc(
            new eltwise_backward.desc(
                dnnl.algorithm.eltwise_relu_use_dst_for_bwd.value,
                alike.layout(),
                output.layout(),
                (float) leak,
                0),
            OneDnn.attributes(),
            OneDnn.cpu(),
            forward);
    Tensor inputGradient = tape.over(alike);
    tape.program()
        .add(
            "LeakyReLU, gradient",
            new eltwise_backward(backward),
            Map.of(
                dnnl.DNNL_ARG_DST, output,
                dnnl.DNNL_ARG_DIFF_DST, alike,
                dnnl.DNNL_ARG_DIFF_SRC, inputGradient));
    tape.addGradient(input, inputGradient);
  }
}
