package io.syllabus.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;

/** A whole run against the same algorithm in PyTorch, from a process's start to its end. */
final class PipelineRow {
  private static final String ACCURACY = "test accuracy, per cent";

  private PipelineRow() {}

  static Row row() {
    return new Row(
        "pipeline",
        "runs conf/cifar10-small.conf from archives to results; --epochs shortens it",
        Unit.SECONDS,
        new Ours(),
        new Peer(new PyTorch(List.of("self-train", "--data=" + Cifar10.folder()))));
  }

  private static double secondsSince(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private record Ours() implements Side {
    private static final String RUN = "benchmark";

    @Override
    public String description() {
      return "jobs/self-train, two workers of one thread";
    }

    @Override
    public Optional<String> missing() {
      return Cifar10.missing();
    }

    @Override
    public Measurement measure(Setup setup) throws Exception {
      Path store = Files.createTempDirectory("syllabus-benchmark");
      try {
        ProcessBuilder builder = new ProcessBuilder(command(setup, store));
        long began = System.nanoTime();
        Program.run("jobs/self-train", builder);
        double seconds = secondsSince(began);
        return new Measurement(seconds, Map.of(ACCURACY, 100 * testAccuracy(store)));
      } finally {
        FileUtils.deleteDirectory(store.toFile());
      }
    }

    private static List<String> command(Setup setup, Path store) {
      List<String> command = new ArrayList<>();
      command.add(Home.file("jobs/self-train").toString());
      command.add("--config=" + Home.file("conf/cifar10-small.conf"));
      command.add("--run=" + RUN);
      command.add("--set=store=" + store);
      command.add("--set=spark.master=local[2]");
      // The peer ends with the last cycle, too.
      command.add("--set=publish.enabled=false");
      setup.epochs().ifPresent(count -> command.add("--set=training.epochs=" + count));
      return command;
    }

    private static double testAccuracy(Path store) throws IOException {
      Path summary = store.resolve("runs").resolve(RUN).resolve("summary.json");
      JsonNode accuracy = new ObjectMapper().readTree(summary.toFile()).get("testAccuracy");
      return accuracy.asDouble();
    }
  }

  private record Peer(PyTorch pytorch) implements Side {
    @Override
    public String description() {
      return pytorch.description();
    }

    @Override
    public Optional<String> missing() {
      return Cifar10.missing().or(pytorch::missing);
    }

    @Override
    public Measurement measure(Setup setup) throws Exception {
      ProcessBuilder builder = pytorch.program(setup);
      long began = System.nanoTime();
      Measurement own = Program.measure("peer.py self-train", builder);
      return new Measurement(secondsSince(began), own.also());
    }
  }
}
