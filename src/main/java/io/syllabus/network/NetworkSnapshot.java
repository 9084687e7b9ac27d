package io.syllabus.network;

import static io.syllabus.Checks.require;

import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.network.onednn.OneDnnGraph;
import io.syllabus.network.onednn.OneDnnPredictor;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network at one moment of its training: configuration and parameters, batch-norm statistics
 * among them, as plain values that Spark can ship. The optimizer's state is no part of it.
 */
public final class NetworkSnapshot implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String configuration;
  private final float[] parameters;

  private NetworkSnapshot(String configuration, float[] parameters) {
    this.configuration = configuration;
    this.parameters = parameters;
  }

  /** Copies a network's parameters. */
  public static NetworkSnapshot of(ComputationGraph network) {
    return new NetworkSnapshot(
        network.getConfiguration().toJson(), FlatVector.values(network.params()));
  }

  /** What the network looks like. */
  public Blueprint blueprint() {
    return new Blueprint.Given(configuration);
  }

  /** A network of its own with these parameters, without optimizer state. */
  public ComputationGraph network() {
    ComputationGraph network =
        new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
    network.init(FlatVector.array(parameters, 1, parameters.length), false);
    return network;
  }

  /**
   * Has a network of the same architecture go on with these parameters.
   *
   * @throws IllegalArgumentException where it has another number of them
   */
  public void putInto(ComputationGraph network) {
    require(
        network.numParams() == parameters.length,
        "a network of %s parameters cannot go on with %s",
        network.numParams(),
        parameters.length);
    FlatVector.put(parameters, network.params());
  }

  /**
   * The network made ready to score.
   *
   * @param batchSize images of each batch
   * @param imageSize pixels a side
   */
  public Predictor predictor(Engine engine, int batchSize, int imageSize) {
    ComputationGraph network = network();
    Optional<Predictor> fast =
        engine == Engine.ONEDNN && OneDnnGraph.isAvailable()
            ? OneDnnPredictor.of(network, batchSize, imageSize)
            : Optional.empty();
    if (fast.isPresent()) {
      network.params().close();
      return fast.get();
    }
    return new PlainPredictor(network, batchSize, imageSize);
  }

  /** One parameter, in the order of the flat vector. */
  float parameter(int index) {
    return parameters[index];
  }

  /** The same network with other parameters, which it keeps. */
  NetworkSnapshot with(float[] others) {
    return new NetworkSnapshot(configuration, others);
  }

  /** A copy of the flat vector. */
  float[] parameters() {
    return parameters.clone();
  }

  /** How many values a worker receives and sends: weights, biases and batch-norm statistics. */
  public int parameterCount() {
    return parameters.length;
  }

  /** SHA-256 of the parameters' bits: equal networks of one architecture have equal checksums. */
  public String checksum() {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * parameters.length);
    bytes.asFloatBuffer().put(parameters);
    return DigestUtils.sha256Hex(bytes.array());
  }
}
