package io.syllabus.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * PyTorch doing the same, in {@code src/test/python/peer.py}.
 *
 * @param arguments of the script
 */
record PyTorch(List<String> arguments) implements Side {
  private static final String THREADS = "2";
  private static final String VERSION = "import PIL, torch; print(torch.__version__)";

  /** A Python that has PyTorch. */
  private record Python(String command, String version) {}

  @Override
  public String description() {
    return python().map(found -> "PyTorch " + found.version).orElse("PyTorch")
        + String.format(", %s threads", THREADS);
  }

  @Override
  public Optional<String> missing() {
    return python().isPresent()
        ? Optional.empty()
        : Optional.of(
            "No python3 here can import torch and PIL: install Debian's packages python3-torch"
                + " and python3-pil, or name a Python that has both in SYLLABUS_PYTHON");
  }

  @Override
  public Measurement measure(Setup setup)
      throws BenchmarkException, IOException, InterruptedException {
    return Program.measure("peer.py " + arguments.get(0), program(setup));
  }

  /** The script as a process that is yet to be started. */
  ProcessBuilder program(Setup setup) {
    List<String> command = new ArrayList<>();
    command.add(python().orElseThrow().command);
    command.add("-B"); // leaves no __pycache__ beside the sources
    command.add(Home.file("src/test/python/peer.py").toString());
    command.addAll(arguments);
    command.addAll(setup.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OMP_NUM_THREADS", THREADS);
    return builder;
  }

  private static Optional<Python> python() {
    return Stream.concat(
            Optional.ofNullable(System.getenv("SYLLABUS_PYTHON")).stream(),
            Stream.of("python3", "/usr/bin/python3"))
        .flatMap(command -> version(command).map(v -> new Python(command, v)).stream())
        .findFirst();
  }

  private static Optional<String> version(String command) {
    try {
      return Program.run(command, new ProcessBuilder(command, "-c", VERSION)).stream().findFirst();
    } catch (BenchmarkException | IOException e) {
      return Optional.empty(); // this Python, or PyTorch in it, is not there: the next may be
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
