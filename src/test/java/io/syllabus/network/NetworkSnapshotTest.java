package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;

class NetworkSnapshotTest {

  @Test
  void givesTheNetworkBackToTheLastBit() {
    ComputationGraph network = Networks.small(1);
    ComputationGraph back = NetworkSnapshot.of(network).network();
    assertThat(Networks.parameters(back)).isEqualTo(Networks.parameters(network));
    assertThat(back.getConfiguration()).isEqualTo(network.getConfiguration());
    assertThat(probabilities(back)).isEqualTo(probabilities(network));
  }

  @Test
  void isTheNetworkOfThatMoment() {
    ComputationGraph network = Networks.small(1);
    NetworkSnapshot snapshot = NetworkSnapshot.of(network);
    float[] before = Networks.parameters(network);
    network.params().addi(1);
    assertThat(Networks.parameters(snapshot.network())).isEqualTo(before);
    snapshot.network().params().addi(1);
    assertThat(Networks.parameters(snapshot.network())).isEqualTo(before);
  }

  @Test
  void countsWhatAWorkerReceives() {
    long convolutions = 9 * (3 * 32 + 32 * 64 + 64 * 128);
    long norms = 4 * (32 + 64 + 128);
    assertThat((long) NetworkSnapshot.of(Networks.small(1)).parameterCount())
        .isEqualTo(convolutions + norms + 128 * 3 + 3);
  }

  @Test
  void equalNetworksHaveEqualChecksums() {
    assertThat(checksum(Networks.small(1)))
        .matches("[0-9a-f]{64}")
        .isEqualTo(checksum(Networks.small(1)));
  }

  @Test
  void theChecksumChangesWithAnyParameter() {
    ComputationGraph network = Networks.small(1);
    String before = checksum(network);
    for (long parameter : new long[] {0, 5000, network.numParams() - 1}) {
      float value = network.params().getFloat(parameter);
      network.params().putScalar(parameter, Math.nextUp(value));
      assertThat(checksum(network)).as("parameter %d", parameter).isNotEqualTo(before);
      network.params().putScalar(parameter, value);
    }
    assertThat(checksum(network)).isEqualTo(before);
  }

  @Test
  void travelsAsJavaSerialization() throws IOException, ClassNotFoundException {
    NetworkSnapshot snapshot = NetworkSnapshot.of(Networks.small(1));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(snapshot);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      NetworkSnapshot arrived = (NetworkSnapshot) in.readObject();
      assertThat(arrived.checksum()).isEqualTo(snapshot.checksum());
      assertThat(probabilities(arrived.network())).isEqualTo(probabilities(snapshot.network()));
    }
  }

  private static String checksum(ComputationGraph network) {
    return NetworkSnapshot.of(network).checksum();
  }

  private static float[] probabilities(ComputationGraph network) {
    return network.outputSingle(false, Networks.input(2, 8)).dup('c').data().asFloat();
  }
}
