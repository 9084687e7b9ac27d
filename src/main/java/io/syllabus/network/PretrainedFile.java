package io.syllabus.network;

import io.syllabus.Text;
import io.syllabus.data.BadDataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Networks that were trained elsewhere: Keras' HDF5 files and Deeplearning4j's zips. A network
 * takes images as ours do, [images, 3, size, size] in [-1, 1], and ends with a dense softmax layer,
 * which is replaced where it has other classes.
 */
public final class PretrainedFile {
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};
  private static final byte[] ZIP = {'P', 'K'};

  private PretrainedFile() {}

  /**
   * Reads a network and gives it an output for so many classes.
   *
   * @param name of the file, for messages
   * @param regularization what is added to the loss; dropout stays as the file has it
   * @param seed of the new output's weights
   * @throws BadDataException where the file is no such network
   */
  public static NetworkSnapshot read(
      Path file, String name, int classes, Regularization regularization, long seed) {
    ComputationGraph network = network(file, name);
    try {
      return NetworkSnapshot.of(withOutput(network, classes, regularization, seed));
    } catch (RuntimeException e) {
      throw new BadDataException(
          Text.format(
              "%s holds a network that does not end with a dense layer over classes: %s",
              name, e.getMessage()),
          e);
    }
  }

  private static ComputationGraph network(Path file, String name) {
    try {
      byte[] start = start(file);
      if (startsWith(start, HDF5)) {
        return channelsFirst(keras(file));
      }
      if (startsWith(start, ZIP)) {
        return ModelSerializer.restoreComputationGraph(file.toFile(), false);
      }
    } catch (IOException | RuntimeException e) {
      throw new BadDataException(
          Text.format("%s cannot be read as a network: %s", name, e.getMessage()), e);
    }
    throw new BadDataException(
        name + " is neither Keras' HDF5 nor Deeplearning4j's zip: network.weights takes these");
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(HDF5.length);
    }
  }

  private static boolean startsWith(byte[] content, byte[] magic) {
    return content.length >= magic.length
        && Arrays.equals(content, 0, magic.length, magic, 0, magic.length);
  }

  private static ComputationGraph keras(Path file) throws IOException {
    try {
      return KerasModelImport.importKerasModelAndWeights(file.toString(), false);
    } catch (InvalidKerasConfigurationException | UnsupportedKerasConfigurationException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  // Keras has the channels of an image last. The parameters are the same either way.
  private static ComputationGraph channelsFirst(ComputationGraph keras) {
    for (GraphVertex vertex : keras.getConfiguration().getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        turn(layer.getLayerConf().getLayer());
      }
    }
    ComputationGraph turned = new ComputationGraph(keras.getConfiguration());
    turned.init(keras.params(), false);
    return turned;
  }

  private static void turn(org.deeplearning4j.nn.conf.layers.Layer layer) {
    if (!(layer instanceof DropoutLayer)) {
      // Keras import gives every layer a dropout that drops nothing.
      layer.setIDropout(null);
    }
    if (layer instanceof ConvolutionLayer convolution) {
      convolution.setCnn2dDataFormat(CNN2DFormat.NCHW);
    } else if (layer instanceof BatchNormalization norm) {
      norm.setCnn2DFormat(CNN2DFormat.NCHW);
    } else if (layer instanceof SubsamplingLayer pooling) {
      pooling.setCnn2dDataFormat(CNN2DFormat.NCHW);
    } else if (layer instanceof ZeroPaddingLayer padding) {
      padding.setDataFormat(CNN2DFormat.NCHW);
    } else if (layer instanceof GlobalPoolingLayer pooling) {
      pooling.setPoolingDimensions(new int[] {2, 3});
    }
  }

  private static ComputationGraph withOutput(
      ComputationGraph network, int classes, Regularization regularization, long seed) {
    String output = network.getConfiguration().getNetworkOutputs().get(0);
    List<String> inputs = network.getConfiguration().getVertexInputs().get(output);
    Layer last = network.getLayer(output);
    FeedForwardLayer dense = (FeedForwardLayer) last.conf().getLayer();
    OutputLayer replacement =
        LayerChain.outputLayer(classes, regularization, Math.toIntExact(dense.getNIn()));
    ComputationGraph replaced =
        new TransferLearning.GraphBuilder(network)
            .fineTuneConfiguration(FineTuneConfiguration.builder().seed(seed).build())
            .removeVertexAndConnections(output)
            .addLayer(LayerChain.OUTPUT, replacement, inputs.toArray(String[]::new))
            .setOutputs(LayerChain.OUTPUT)
            .build();
    if (dense.getNOut() == classes) {
      for (String parameter : List.of("W", "b")) {
        INDArray target = replaced.getLayer(LayerChain.OUTPUT).getParam(parameter);
        target.assign(last.getParam(parameter));
      }
    }
    return replaced;
  }
}
