package io.syllabus.network.onednn;

import io.syllabus.network.FlatVector;
import io.syllabus.network.Predictor;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network that only answers: batch norms are folded into the convolutions before them, dropout is
 * gone, sums and activations happen where the convolution writes.
 */
public final class OneDnnPredictor implements Predictor {
  private final Program program;
  private final Tensor images;
  private final Tensor features;
  private final Dense dense;

  /**
   * Makes a program of a network, whose parameters are copied.
   *
   * @param batchSize images of each batch
   * @param imageSize pixels a side
   * @return empty where the network has a layer that is not known here
   */
  public static Optional<Predictor> of(ComputationGraph network, int batchSize, int imageSize) {
    return Layers.of(network)
        .map(
            layers ->
                new Fusion(layers, FlatVector.values(network.params()))
                    .predictor(batchSize, imageSize));
  }

  OneDnnPredictor(Program program, Tensor images, Tensor features, Dense dense) {
    this.program = program;
    this.images = images;
    this.features = features;
    this.dense = dense;
  }

  @Override
  public float[] probabilities(float[] planes) {
    images.write(planes);
    program.run();
    features.read(dense.features);
    dense.forward();
    return dense.probabilities.clone();
  }

  @Override
  public void close() {
    program.close();
  }
}
