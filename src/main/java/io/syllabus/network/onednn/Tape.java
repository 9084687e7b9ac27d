package io.syllabus.network.onednn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A program in the making, forward and then backward: each operation, when it is appended, leaves
 * word of how to append its gradient.
 */
final class Tape {
  private final long parameters;
  private final long parameterGradients;
  private final Program.Builder program = new Program.Builder();
  private final Deque<Runnable> backward = new ArrayDeque<>();
  private final Map<Tensor, Tensor> gradients = new HashMap<>();
  private final Set<Tensor> constants = new HashSet<>();
  private final Set<Tensor> shared = new HashSet<>();

  /**
   * @param parameters native address of the network's flat vector
   * @param gradients native address of their gradients', summed over the minibatch
   */
  Tape(long parameters, long gradients) {
    this.parameters = parameters;
    this.parameterGradients = gradients;
  }

  Tensor value(Parameter parameter) {
    return parameter.in(parameters);
  }

  Tensor gradient(Parameter parameter) {
    return parameter.in(parameterGradients);
  }

  Program.Builder program() {
    return program;
  }

  /** Says that nobody asks for a tensor's gradient. */
  Tensor constant(Tensor tensor) {
    constants.add(tensor);
    return tensor;
  }

  boolean needsGradient(Tensor tensor) {
    return !constants.contains(tensor);
  }

  /** Has the gradient of an operation appended once that of its output is there. */
  Tensor onBackward(Tensor output, Consumer<Tensor> gradient) {
    backward.push(() -> gradient.accept(gradientOf(output)));
    return output;
  }

  /** Appends all gradients, the last operation's first. */
  void appendBackward() {
    while (!backward.isEmpty()) {
      backward.pop().run();
    }
  }

  /** Adds to the gradient of a tensor; several operations that read it each add their part. */
  void addGradient(Tensor tensor, Tensor part) {
    gradients.merge(tensor, part, (one, other) -> Elementwise.SUM.append(program, one, other));
  }

  /** The gradient of a tensor, once all that read it have added their part. */
  Tensor gradientOf(Tensor tensor) {
    return gradients.get(tensor);
  }

  /** Adds one tensor to the gradients of several, which may then not be written over. */
  void addToAll(Tensor part, Tensor... tensors) {
    shared.add(part.storage());
    for (Tensor tensor : tensors) {
      addGradient(tensor, part);
    }
  }

  /** Where an operation on a gradient puts its result: over the gradient, if it alone reads it. */
  Tensor over(Tensor gradient) {
    return shared.contains(gradient.storage())
        ? Tensor.of(gradient.layout())
        : gradient.overwritten();
  }
}
