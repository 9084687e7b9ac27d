package io.syllabus.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.WeightAverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  @Test
  void keepsTheLastCheckpointOnly() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder.resolve("new").toString(), HADOOP);
    assertThat(checkpoints.last()).isEmpty();
    checkpoints.write(checkpoint(1));
    checkpoints.write(checkpoint(2));

    Checkpoints.Checkpoint last = checkpoints.last().orElseThrow();
    assertThat(last.training().epochs()).isEqualTo(2);
    assertThat(last.metrics()).isEqualTo("epoch 2");
    assertThat(last.trainSeconds()).isEqualTo(0.1);
    assertThat(last.seconds()).isEqualTo(0.2);
    assertThat(names("new")).containsExactly("epoch-000002");
  }

  @Test
  void takesTheOneBeforeWhereTheLastCannotBeRead() throws IOException {
    Checkpoints checkpoints = new Checkpoints(folder.toString(), HADOOP);
    checkpoints.write(checkpoint(1));
    Files.write(folder.resolve("epoch-000002"), List.of("of another version"));
    assertThat(checkpoints.last().orElseThrow().training().epochs()).isEqualTo(1);
  }

  @Test
  void readsWhatItWroteToTheLastBit() {
    ComputationGraph network = FreshNetworks.of(Architecture.SMALL_CNN, Engine.DEEPLEARNING4J);
    NetworkSnapshot best = NetworkSnapshot.of(network);
    WeightAverage average = new WeightAverage(best);
    average.add(best);
    Checkpoints checkpoints = new Checkpoints(folder.toString(), HADOOP);
    checkpoints.write(
        new Checkpoints.Checkpoint(
            new TrainingState(3, RoundStart.of(network), best, 0.75, Optional.of(average)),
            "",
            0,
            0));

    TrainingState state = checkpoints.last().orElseThrow().training();
    ComputationGraph other = FreshNetworks.of(Architecture.SMALL_CNN, Engine.DEEPLEARNING4J);
    state.network().putInto(other);
    assertThat(NetworkSnapshot.of(other).checksum()).isEqualTo(best.checksum());
    assertThat(state.best().checksum()).isEqualTo(best.checksum());
    assertThat(state.bestAccuracy()).isEqualTo(0.75);
    assertThat(state.average().orElseThrow().mean().checksum())
        .isEqualTo(average.mean().checksum());
  }

  private static Checkpoints.Checkpoint checkpoint(int epochs) {
    ComputationGraph network = FreshNetworks.of(Architecture.SMALL_CNN, Engine.DEEPLEARNING4J);
    return new Checkpoints.Checkpoint(
        new TrainingState(
            epochs, RoundStart.of(network), NetworkSnapshot.of(network), 0.5, Optional.empty()),
        "epoch " + epochs,
        0.1,
        0.2);
  }

  private List<String> names(String child) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(child))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
