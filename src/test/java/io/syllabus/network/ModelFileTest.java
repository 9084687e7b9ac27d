package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.data.BadDataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final String NAME = "runs/a/cycle-2/model.zip";

  private final NetworkSnapshot snapshot = NetworkSnapshot.of(Networks.small(1));

  @Test
  void aNetworkComesBackToTheLastBit() throws IOException {
    NetworkSnapshot back = read(written(snapshot), snapshot.checksum());
    assertThat(back.checksum()).isEqualTo(snapshot.checksum());
    assertThat(Networks.parameters(back.network()))
        .isEqualTo(Networks.parameters(snapshot.network()));
    assertThat(back.network().getConfiguration()).isEqualTo(snapshot.network().getConfiguration());
  }

  @Test
  void deeplearning4jReadsTheFileAsWell(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.zip");
    Files.write(file, written(snapshot));
    ComputationGraph network = ComputationGraph.load(file.toFile(), false);
    assertThat(NetworkSnapshot.of(network).checksum()).isEqualTo(snapshot.checksum());
  }

  @Test
  void leavesTheStreamOpen() throws IOException {
    boolean[] closed = {false};
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    ModelFile.write(snapshot, out);
    assertThat(closed[0]).isFalse();
  }

  @Test
  void refusesAnotherNetworkThanTheRunWrote() throws IOException {
    NetworkSnapshot other = NetworkSnapshot.of(Networks.small(2));
    byte[] changed = written(other);
    assertThatThrownBy(() -> read(changed, snapshot.checksum()))
        .isInstanceOf(BadDataException.class)
        .hasMessage(
            "%s was changed after the run wrote it: its checksum is %s, the run recorded %s",
            NAME, other.checksum(), snapshot.checksum());
  }

  @Test
  void refusesGarbage() {
    assertUnreadable("no model at all".getBytes(StandardCharsets.UTF_8));
    assertUnreadable(new byte[0]);
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    byte[] whole = written(snapshot);
    assertUnreadable(Arrays.copyOf(whole, whole.length / 2));
  }

  private void assertUnreadable(byte[] bytes) {
    assertThatThrownBy(() -> read(bytes, snapshot.checksum()))
        .isInstanceOf(BadDataException.class)
        .hasMessage(NAME + " is not a readable model file: restore it from a copy");
  }

  private static byte[] written(NetworkSnapshot snapshot) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(snapshot, out);
    return out.toByteArray();
  }

  private static NetworkSnapshot read(byte[] bytes, String checksum) {
    return ModelFile.read(new ByteArrayInputStream(bytes), NAME, checksum);
  }
}
