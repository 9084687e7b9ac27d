package io.syllabus.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs other programs to their end. */
final class Program {
  private static final int LINES_SHOWN = 20;

  private Program() {}

  /**
   * Runs a program; it ends with this one at the latest.
   *
   * @param what the program does, for messages
   * @return all lines that it printed
   * @throws BenchmarkException where it fails, with the last lines that it printed
   */
  static List<String> run(String what, ProcessBuilder builder)
      throws BenchmarkException, IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).start();
    Thread end = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(end);
    List<String> lines;
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      lines = output.lines().toList();
    }
    int exitCode = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(end);
    if (exitCode != 0) {
      throw failed(what, lines);
    }
    return lines;
  }

  /** Runs a program that prints a {@link Measurement}. */
  static Measurement measure(String what, ProcessBuilder builder)
      throws BenchmarkException, IOException, InterruptedException {
    List<String> lines = run(what, builder);
    return Measurement.in(lines).orElseThrow(() -> failed(what, lines));
  }

  private static BenchmarkException failed(String what, List<String> lines) {
    List<String> last = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
    return new BenchmarkException(
        String.format("%s failed and said last:%n%s", what, String.join("\n", last)));
  }
}
