package io.syllabus.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The machine that measures. */
record Machine(String processor, int cores) {

  static Machine here() {
    return new Machine(processorName(), Runtime.getRuntime().availableProcessors());
  }

  private static String processorName() {
    try {
      return processorName(Files.readAllLines(Path.of("/proc/cpuinfo")));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** The name in the lines of Linux's {@code /proc/cpuinfo}. */
  static String processorName(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElseGet(() -> System.getProperty("os.arch"));
  }
}
