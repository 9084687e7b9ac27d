package io.syllabus.network.onednn;

import java.util.Map;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Batch norm in training: by the minibatch's own mean and variance, which it leaves in the
 * gradients of the running ones.
 *
 * @param scaleAndShift [2, channels]: γ, then β
 * @param mean running, [channels]
 * @param variance running, [channels]
 * @param decay part of a running statistic that a step keeps
 * @param epsilon added to the variance
 */
record BatchNorm(
    Parameter scaleAndShift, Parameter mean, Parameter variance, double decay, double epsilon)
    implements Operation {
  private static final int FLAGS = dnnl.normalization_flags.use_scale_shift.value;

  /** Appends the batch norm of an input of [images, channels, height, width]. */
  Tensor append(Tape tape, Tensor input) {
    batch_normalization_forward.primitive_desc forward =
        new batch_normalization_forward.primitive_desc(
            new batch_normalization_forward.desc(
                dnnl.prop_kind.forward_training.value, input.layout(), (float) epsilon, FLAGS),
            OneDnn.attributes(),
            OneDnn.cpu());
    Tensor output = Tensor.of(input.layout());
    tape.program()
        .add(
            "batch norm",
            new batch_normalization_forward(forward),
            Map.of(
                dnnl.DNNL_ARG_SRC, input,
                dnnl.DNNL_ARG_SCALE_SHIFT, tape.value(scaleAndShift),
                dnnl.DNNL_ARG_MEAN, tape.gradient(mean),
                dnnl.DNNL_ARG_VARIANCE, tape.gradient(variance),
                dnnl.DNNL_ARG_DST, output));
    return tape.onBackward(output, gradient -> appendGradient(tape, input, gradient, forward));
  }

  /** Appends the batch norm, by its running statistics, to a program that only scores. */
  Tensor append(Program.Builder program, Tensor input, float[] parameters) {
    batch_normalization_forward.primitive_desc forward =
        new batch_normalization_forward.primitive_desc(
            new batch_normalization_forward.desc(
                dnnl.prop_kind.forward_inference.value,
                input.layout(),
                (float) epsilon,
                FLAGS | dnnl.normalization_flags.use_global_stats.value),
            OneDnn.attributes(),
            OneDnn.cpu());
    Tensor output = Tensor.of(input.layout());
    program.add(
        "batch norm",
        new batch_normalization_forward(forward),
        Map.of(
            dnnl.DNNL_ARG_SRC, input,
            dnnl.DNNL_ARG_SCALE_SHIFT, constant(program, scaleAndShift, parameters),
            dnnl.DNNL_ARG_MEAN, constant(program, mean, parameters),
            dnnl.DNNL_ARG_VARIANCE, constant(program, variance, parameters),
            dnnl.DNNL_ARG_DST, output));
    return output;
  }

  private static Tensor constant(Program.Builder program, Parameter parameter, float[] parameters) {
    Tensor constant = program.keep(Tensor.allocated(Tensor.rows(parameter.shape())));
    constant.write(parameter.of(parameters));
    return constant;
  }

  private void appendGradient(
      Tape tape,
      Tensor input,
      Tensor gradient,
      batch_normalization_forward.primitive_desc forward) {
    Tensor alike = tape.program().in(gradient, input.layout());
    batch_normalization_backward.primitive_desc backward =
        new batch_normalization_backward.primitive_desc(
            new batch_normalization_backward.desc(
                dnnl.prop_kind.backward.value,
                alike.layout(),
                input.layout(),
                (float) epsilon,
                FLAGS),
            OneDnn.attributes(),
            OneDnn.cpu(),
            forward);
    Tensor inputGradient = tape.over(alike);
    tape.program()
        .add(
            "batch norm, gradient",
            new batch_normalization_backward(backward),
            Map.of(
                dnnl.DNNL_ARG_SRC, input,
                dnnl.DNNL_ARG_MEAN, tape.gradient(mean),
                dnnl.DNNL_ARG_VARIANCE, tape.gradient(variance),
                dnnl.DNNL_ARG_SCALE_SHIFT, tape.value(scaleAndShift),
                dnnl.DNNL_ARG_DIFF_DST, alike,
                dnnl.DNNL_ARG_DIFF_SRC, inputGradient,
                dnnl.DNNL_ARG_DIFF_SCALE_SHIFT, tape.gradient(scaleAndShift)));
    tape.addGradient(input, inputGradient);
    appendUpdate(tape, mean);
    appendUpdate(tape, variance);
  }

  // What the optimizer subtracts from a running statistic: (1 − decay) · (running − minibatch's).
  // Deeplearning4j counts it among the gradients, so that workers' statistics can be averaged.
  private void appendUpdate(Tape tape, Parameter running) {
    Tensor value = tape.value(running);
    Tensor gradient = tape.gradient(running);
    float[] ofMinibatch = new float[running.length()];
    float[] kept = new float[running.length()];
    tape.program()
        .add(
            "batch norm, statistics",
            () -> {
              gradient.read(ofMinibatch);
              value.read(kept);
              for (int channel = 0; channel < kept.length; channel++) {
                kept[channel] = (float) (1 - decay) * (kept[channel] - ofMinibatch[channel]);
              }
              gradient.write(kept);
            },
            value,
            gradient);
  }
}
