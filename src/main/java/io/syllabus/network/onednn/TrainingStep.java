package io.syllabus.network.onednn;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;

/**
 * Loss and gradients of one minibatch, of a network whose parameters and gradients lie in two flat
 * vectors. Not thread-safe; different steps may run at once.
 */
final class TrainingStep implements AutoCloseable {
  private final Program program;
  private final Tensor images;
  private final float[] labels;
  private final double[] loss = new double[1];
  private SplittableRandom random;

  /**
   * @param parameters native address of the flat vector
   * @param gradients likewise
   * @param shape of a minibatch: images, channels, height, width
   */
  TrainingStep(Layers layers, long parameters, long gradients, long... shape) {
    Tape tape = new Tape(parameters, gradients);
    images = tape.program().keep(Tensor.allocated(Tensor.rows(shape)));
    Map<String, Tensor> outputs = new HashMap<>();
    outputs.put(layers.input(), tape.constant(images));
    float[] rows = null;
    for (Layers.Node node : layers.nodes()) {
      Tensor input = outputs.get(node.inputs().get(0));
      if (node.operation() instanceof SoftmaxOutput output) {
        rows = new float[Math.toIntExact(shape[0]) * output.classes()];
        output.append(tape, input, rows, loss);
      } else {
        outputs.put(node.name(), append(tape, layers, node, outputs));
      }
    }
    labels = rows;
    tape.appendBackward();
    program = tape.program().build();
  }

  private Tensor append(Tape tape, Layers layers, Layers.Node node, Map<String, Tensor> outputs) {
    Tensor input = outputs.get(node.inputs().get(0));
    Operation operation = node.operation();
    if (operation instanceof Convolution convolution) {
      return convolution.append(tape, input);
    } else if (operation instanceof BatchNorm norm) {
      return norm.append(tape, input);
    } else if (operation instanceof LeakyRelu activation) {
      return activation.append(tape, input, layers.onlyReader(node.inputs().get(0)).isPresent());
    } else if (operation instanceof Pooling pooling) {
      return pooling.append(tape, input);
    } else if (operation instanceof Operation.GlobalAverage mean) {
      return mean.over(input).append(tape, input);
    } else if (operation instanceof Dropout dropout) {
      return dropout.append(tape, input, () -> random);
    } else if (operation instanceof Operation.Sum sum) {
      return sum.append(tape, input, outputs.get(node.inputs().get(1)));
    }
    throw new IllegalStateException("No layer follows the output: " + operation);
  }

  /**
   * Computes the gradients.
   *
   * @param minibatch its images, in rows
   * @param rows labels, [images, classes]
   * @param seed of what is drawn on the way
   * @return the sum of the images' losses
   */
  double run(Pointer minibatch, float[] rows, long seed) {
    random = new SplittableRandom(seed);
    Pointer.memcpy(images.pointer(), minibatch, images.bytes());
    System.arraycopy(rows, 0, labels, 0, labels.length);
    program.run();
    return loss[0];
  }

  /** Repeats the last minibatch, and adds the nanoseconds of each kind of operation. */
  void profile(Map<String, Long> nanosByName) {
    program.run(nanosByName);
  }

  @Override
  public void close() {
    program.close();
  }
}
