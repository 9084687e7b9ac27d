package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.data.BadDataException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PretrainedFileTest {
  private static final Regularization PLAIN = new Regularization(0, OutputRegularizers.NONE);

  @TempDir private Path folder;

  // src/test/python/keras_model.py wrote the model, and what NumPy computes of it.
  @Test
  void readsAKerasModelThatSaysWhatKerasDoes() throws Exception {
    float[] expected = new float[5];
    int c = 0;
    for (String line : Files.readAllLines(resource("small-keras-probabilities.txt"))) {
      expected[c++] = Float.parseFloat(line);
    }
    NetworkSnapshot network = read(resource("small-keras.h5"), 5);
    // Values from -1 to 1 that rise by row, column and channel.
    INDArray image = Nd4j.linspace(-1, 1, 8 * 8 * 3).reshape(1, 8, 8, 3).permute(0, 3, 1, 2);
    INDArray said =
        network.network().outputSingle(false, image.castTo(network.network().params().dataType()));
    assertThat(said.dup().data().asFloat()).containsExactly(expected, within(1e-5f));
  }

  @Test
  void replacesTheOutputForOtherClasses() throws Exception {
    ComputationGraph keras = read(resource("small-keras.h5"), 5).network();
    ComputationGraph other = read(resource("small-keras.h5"), 3).network();
    assertThat(other.outputSingle(false, Networks.input(2, 8)).shape()).containsExactly(2, 3);
    assertThat(other.getLayer("conv").getParam("W"))
        .isEqualTo(keras.getLayer("conv").getParam("W"));
  }

  @Test
  void aCycleTrainsOnFromItsWeights() throws Exception {
    NetworkSnapshot start = read(resource("small-keras.h5"), 3);
    Sgd sgd = Sgd.of(0.05, 0.9, 1e-4, 1_000);
    ComputationGraph network = new NetworkDesign(start.blueprint(), sgd, 3, Engine.ONEDNN).fresh();
    start.putInto(network);
    assertThat(NetworkSnapshot.of(network).checksum()).isEqualTo(start.checksum());
    Minibatch minibatch = new Minibatch(3, 8, 3);
    for (int i = 0; i < 3; i++) {
      minibatch.add(Networks.image(8, i), i, 1);
    }
    network.fit(minibatch.toMultiDataSet());
    double first = network.score();
    for (int step = 0; step < 60; step++) {
      network.fit(minibatch.toMultiDataSet());
    }
    assertThat(network.score()).isLessThan(first);
    assertThat(network.getLearningRate("conv")).isCloseTo(0.05, within(0.001));
  }

  @Test
  void readsAZipOfDeeplearning4jWithItsOutputWhereTheClassesAreAsMany() throws IOException {
    ComputationGraph saved = Networks.fresh(Architecture.SMALL_CNN, 8, 3, Networks.SGD, 7);
    Path zip = folder.resolve("network.zip");
    ModelSerializer.writeModel(saved, zip.toFile(), false);
    ComputationGraph same = read(zip, 3).network();
    INDArray images = Networks.input(2, 8);
    assertThat(same.outputSingle(false, images)).isEqualTo(saved.outputSingle(false, images));
    assertThat(read(zip, 4).network().outputSingle(false, images).shape()).containsExactly(2, 4);
  }

  @Test
  void refusesWhatIsNoNetwork() throws IOException {
    Path text = Files.writeString(folder.resolve("text.h5"), "weights");
    assertThatThrownBy(() -> read(text, 3))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            text + " is neither Keras' HDF5 nor Deeplearning4j's zip: network.weights takes these");
    Path zip = Files.write(folder.resolve("cut.zip"), new byte[] {'P', 'K', 3, 4, 0});
    assertThatThrownBy(() -> read(zip, 3))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith(zip + " cannot be read as a network: ");
  }

  private static NetworkSnapshot read(Path file, int classes) {
    return PretrainedFile.read(file, file.toString(), classes, PLAIN, 1);
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(PretrainedFileTest.class.getResource(name).toURI());
  }
}
