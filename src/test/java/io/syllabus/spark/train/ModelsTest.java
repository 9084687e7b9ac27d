package io.syllabus.spark.train;

import static io.syllabus.spark.shard.TestShards.HADOOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.cycle.Model;
import io.syllabus.data.BadDataException;
import io.syllabus.network.Architectures;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.Sgd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  @TempDir private Path folder;

  @Test
  void readsWhatItWrote() {
    NetworkSnapshot network = network(1);
    Model model = Models.write(network, path(), HADOOP);

    assertThat(model).isEqualTo(new Model(path(), network.checksum()));
    assertThat(Models.read(model, HADOOP).checksum()).isEqualTo(network.checksum());
  }

  @Test
  void saysThatAModelIsMissing() {
    assertThatThrownBy(() -> Models.read(new Model(path(), "?"), HADOOP))
        .isInstanceOf(BadDataException.class)
        .hasMessage("The model " + path() + " is missing");
  }

  @Test
  void refusesAnotherModelInItsPlace() {
    Model model = Models.write(network(1), path(), HADOOP);
    NetworkSnapshot other = network(2);
    Models.write(other, path(), HADOOP);

    assertThatThrownBy(() -> Models.read(model, HADOOP))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "%s was changed after the run wrote it: its checksum is %s, the run recorded %s",
            path(), other.checksum(), model.checksum());
  }

  @Test
  void refusesAFileThatIsNoModel() throws IOException {
    Files.writeString(folder.resolve("model.zip"), "PK and then nothing");

    assertThatThrownBy(() -> Models.read(new Model(path(), "?"), HADOOP))
        .isInstanceOf(BadDataException.class)
        .hasMessage(path() + " is not a readable model file: restore it from a copy");
  }

  private String path() {
    return "file:" + folder.resolve("model.zip");
  }

  private static NetworkSnapshot network(long seed) {
    ComputationGraph network =
        new ComputationGraph(
            Architectures.configuration(
                Architecture.SMALL_CNN, 8, 2, Sgd.of(0.1, 0.9, 0, 1), seed));
    network.init();
    return NetworkSnapshot.of(network);
  }
}
