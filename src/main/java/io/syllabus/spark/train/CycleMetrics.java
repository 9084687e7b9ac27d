package io.syllabus.spark.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;

/** The epochs of a cycle, one JSON object a line; the file is written again after each. */
final class CycleMetrics {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  private final String path;
  private final Configuration hadoop;
  private final long began = System.nanoTime();
  private final StringBuilder lines = new StringBuilder();
  private double trainSeconds;
  private double secondsBefore;

  /** Counts time from now on. */
  CycleMetrics(String path, Configuration hadoop) {
    this.path = path;
    this.hadoop = hadoop;
  }

  void goOnFrom(Checkpoints.Checkpoint checkpoint) {
    lines.append(checkpoint.metrics());
    trainSeconds = checkpoint.trainSeconds();
    secondsBefore = checkpoint.seconds();
  }

  void add(CycleTraining.Epoch epoch) {
    trainSeconds += epoch.trainSeconds();
    try {
      lines.append(JSON.writeValueAsString(epoch)).append('\n');
      WholeFiles.write(path, lines.toString().getBytes(StandardCharsets.UTF_8), hadoop);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + path, e);
    }
  }

  Checkpoints.Checkpoint checkpoint(TrainingState state) {
    return new Checkpoints.Checkpoint(state, lines.toString(), trainSeconds, seconds());
  }

  /** Spent on training steps, without validation. */
  double trainSeconds() {
    return trainSeconds;
  }

  /** Since the cycle's training began, without the time that it lay still. */
  double seconds() {
    return secondsBefore + (System.nanoTime() - began) / 1e9;
  }
}
