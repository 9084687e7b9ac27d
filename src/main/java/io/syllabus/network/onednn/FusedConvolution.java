package io.syllabus.network.onednn;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/**
 * A convolution, when scoring, with all that follows it and can be done on the way: a batch norm
 * folded into its weights, a sum, LeakyReLU.
 *
 * @param norm what is folded in
 * @param addend the tensor that the output is added to, in its place; read by nothing else
 * @param leak of the activation after that
 */
record FusedConvolution(
    Convolution convolution, ScaleShift norm, Optional<Tensor> addend, OptionalDouble leak) {

  /** Appends it to a program. */
  Tensor append(Program.Builder program, Tensor input, float[] parameters) {
    Parameter shape = convolution.weights();
    int channels = Math.toIntExact(shape.shape()[0]);
    convolution_forward.primitive_desc forward =
        new convolution_forward.primitive_desc(
            convolution.inference(input), attributes(), OneDnn.cpu());
    Tensor output =
        addend
            .map(sum -> program.in(sum, forward.dst_desc()).overwritten())
            .orElseGet(() -> Tensor.of(forward.dst_desc()));
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(dnnl.DNNL_ARG_SRC, program.in(input, forward.src_desc()));
    arguments.put(
        dnnl.DNNL_ARG_WEIGHTS,
        program.keep(
            Weights.in(forward.weights_desc(), norm.fold(shape.of(parameters)), shape.shape())));
    arguments.put(
        dnnl.DNNL_ARG_BIAS,
        program.keep(Weights.in(Tensor.rows(channels), norm.shift(), channels)));
    arguments.put(dnnl.DNNL_ARG_DST, output);
    program.add("convolution", new convolution_forward(forward), arguments);
    return output;
  }

  private primitive_attr attributes() {
    post_ops after = new post_ops();
    addend.ifPresent(sum -> after.append_sum());
    leak.ifPresent(
        slope -> after.append_eltwise(1, dnnl.algorithm.eltwise_relu.value, (float) slope, 0));
    primitive_attr attributes = OneDnn.attributes();
    attributes.set_post_ops(after);
    return attributes;
  }
}
