package io.syllabus.network;

import io.syllabus.Text;
import io.syllabus.data.BadDataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/** Networks as files: Deeplearning4j's zip, which {@code ComputationGraph.load} reads as well. */
public final class ModelFile {
  private ModelFile() {}

  /** Writes a network. The stream stays open. */
  public static void write(NetworkSnapshot snapshot, OutputStream out) throws IOException {
    ModelSerializer.writeModel(snapshot.network(), out, false);
  }

  /**
   * Reads a network.
   *
   * @param name of the file, for messages
   * @param checksum that {@link NetworkSnapshot#checksum} had when the network was written
   * @throws BadDataException where the file holds no network, or another one
   */
  public static NetworkSnapshot read(InputStream in, String name, String checksum) {
    ComputationGraph network;
    try {
      network = ModelSerializer.restoreComputationGraph(in, false);
    } catch (IOException | RuntimeException e) {
      throw new BadDataException(
          Text.format("%s is not a readable model file: restore it from a copy", name), e);
    }
    NetworkSnapshot snapshot = NetworkSnapshot.of(network);
    if (!snapshot.checksum().equals(checksum)) {
      throw new BadDataException(
          Text.format(
              "%s was changed after the run wrote it: its checksum is %s, the run recorded %s",
              name, snapshot.checksum(), checksum));
    }
    return snapshot;
  }
}
