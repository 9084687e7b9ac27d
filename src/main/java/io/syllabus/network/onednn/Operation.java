package io.syllabus.network.onednn;

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
          Elementwise.SUM.append(tape.program(), one, other),
          gradient -> tape.addToAll(gradient, one, other));
    }
  }
}
