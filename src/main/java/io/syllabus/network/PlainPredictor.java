package io.syllabus.network;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network that Deeplearning4j's layers compute. */
record PlainPredictor(ComputationGraph network, int batchSize, int imageSize) implements Predictor {

  @Override
  public float[] probabilities(float[] planes) {
    try (INDArray input =
            FlatVector.array(planes, batchSize, Pixels.CHANNELS, imageSize, imageSize);
        INDArray output = network.outputSingle(false, input)) {
      return output.dup('c').data().asFloat();
    }
  }

  // Not ComputationGraph.close: it runs Java's collector each time.
  @Override
  public void close() {
    network.params().close();
  }
}
