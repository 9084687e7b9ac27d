package io.syllabus.network.onednn;

import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;

/** What a layer of a network computes. */
sealed interface Operation
    permits Convolution,
        BatchNorm,
        LeakyRelu,
        Pooling,
        Operation.GlobalAverage,
        Dropout,
        Operation.Sum,
        SoftmaxOutput {

  /** The mean of each channel. */
  record GlobalAverage() implements Operation {
    /** The pooling that takes the mean of all places of an input. */
    Pooling over(Tensor input) {
      return new Pooling(new Window(Math.toIntExact(input.dimension(2)), 1, false), false);
    }
  }

  /** The sum of two inputs of one shape. */
  record Sum() implements Operation {
    Tensor append(Tape tape, Tensor one, Tensor other) {
      return tape.onBackward(
          append(tape.program(), one, other), gradient -> tape.addToAll(gradient, one, other));
    }

    static Tensor append(Program.Builder program, Tensor one, Tensor other) {
      Tensor alike = program.in(other, one.layout());
      Tensor sum = Tensor.of(one.layout());
      binary.desc add =
          new binary.desc(
              dnnl.algorithm.binary_add.value, one.layout(), alike.layout(), sum.layout());
      program.add(
          "sum",
          new binary(new binary.primitive_desc(add, OneDnn.cpu())),
          Map.of(
              dnnl.DNNL_ARG_SRC_0, one,
              dnnl.DNNL_ARG_SRC_1, alike,
              dnnl.DNNL_ARG_DST, sum));
      return sum;
    }
  }
}
