package io.syllabus.network.onednn;

import io.syllabus.network.OutputRegularizers;

/**
 * A dense layer, softmax and cross entropy.
 *
 * @param weights [classes, inputs]
 * @param biases [classes]
 * @param regularizers that are added to the cross entropy
 */
record SoftmaxOutput(Parameter weights, Parameter biases, OutputRegularizers regularizers)
    implements Operation {

  int classes() {
    return biases.length();
  }

  /**
   * Appends output, loss and gradient.
   *
   * @param input [images, inputs, 1, 1]
   * @param labels [images, classes], set before the program runs
   * @param loss receives the sum of the images' losses
   */
  void append(Tape tape, Tensor input, float[] labels, double[] loss) {
    int images = Math.toIntExact(input.dimension(0));
    int inputs = Math.toIntExact(input.dimension(1));
    Tensor features = tape.program().in(input, Tensor.rows(images, inputs, 1, 1));
    Tensor featureGradient = Tensor.of(features.layout());
    Tensor weightTensor = tape.value(weights);
    Tensor biasTensor = tape.value(biases);
    Tensor weightGradient = tape.gradient(weights);
    Tensor biasGradient = tape.gradient(biases);
    Dense dense = new Dense(images, new float[weights.length()], new float[biases.length()]);
    Dense.Gradients gradients =
        new Dense.Gradients(
            new float[dense.features.length],
            new float[dense.weights.length],
            new float[dense.biases.length]);
    tape.program()
        .add(
            "softmax",
            () -> {
              features.read(dense.features);
              weightTensor.read(dense.weights);
              biasTensor.read(dense.biases);
              dense.forward();
              loss[0] = dense.backward(labels, regularizers, gradients);
              featureGradient.write(gradients.features());
              weightGradient.write(gradients.weights());
              biasGradient.write(gradients.biases());
            },
            features,
            featureGradient);
    tape.addGradient(input, featureGradient);
  }
}
