package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.data.BadDataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;

class ModelFileTest {
  private final ComputationGraph network =
      ArchitecturesTest.network(Architecture.SMALL_CNN, 16, 10, 1);
  private final NetworkSnapshot snapshot = NetworkSnapshot.of(network);

  @Test
  void readsBackWhatWasWritten() throws IOException {
    NetworkSnapshot read = read(written(snapshot), snapshot.checksum());
    assertThat(read.network().params()).isEqualTo(network.params());
    assertThat(read.checksum()).isEqualTo(snapshot.checksum());
  }

  @Test
  void givesAnotherChecksumWhenOneParameterChanges() {
    network.params().putScalar(17, 0.5f);
    assertThat(NetworkSnapshot.of(network).checksum()).isNotEqualTo(snapshot.checksum());
  }

  @Test
  void refusesAModelThatIsNotTheRuns() throws IOException {
    byte[] file = written(snapshot);
    assertThatThrownBy(() -> read(file, "0123"))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "model.zip was changed after the run wrote it: its checksum is %s, the run recorded"
                + " 0123",
            snapshot.checksum());
  }

  @Test
  void refusesWhatIsNoModel() {
    byte[] garbage = "no zip at all".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(garbage, "0123"))
        .isInstanceOf(BadDataException.class)
        .hasMessage("model.zip is not a readable model file: restore it from a copy");
  }

  @Test
  void refusesATruncatedModel() throws IOException {
    byte[] file = written(snapshot);
    byte[] half = java.util.Arrays.copyOf(file, file.length / 2);
    assertThatThrownBy(() -> read(half, snapshot.checksum()))
        .isInstanceOf(BadDataException.class)
        .hasMessageStartingWith("model.zip");
  }

  private static byte[] written(NetworkSnapshot snapshot) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(snapshot, out);
    return out.toByteArray();
  }

  private static NetworkSnapshot read(byte[] file, String checksum) {
    return ModelFile.read(new ByteArrayInputStream(file), "model.zip", checksum);
  }
}
