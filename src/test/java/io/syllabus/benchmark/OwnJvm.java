package io.syllabus.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures one side of a row in a JVM of its own, with this one's classes and options. */
final class OwnJvm {
  private static final Path LOG =
      Path.of(System.getProperty("java.io.tmpdir"), "syllabus-benchmark.log");

  private OwnJvm() {}

  static Measurement measure(Row row, Which which, Setup setup)
      throws BenchmarkException, IOException, InterruptedException {
    Side side = which.of(row);
    List<String> arguments = new ArrayList<>(List.of(row.name(), "--side=" + which));
    arguments.addAll(setup.arguments());
    arguments.addAll(setup.generated().arguments());
    ProcessBuilder builder = new ProcessBuilder(command(side.jvm(), Benchmark.class, arguments));
    side.jvm().prepare(builder.environment());
    return Program.measure("Measuring " + side.description(), builder);
  }

  /** The command that runs a class's main method. */
  static List<String> command(Jvm jvm, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(jvm.options(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    // The tests' classes bring the tests' logging, which Log4j prefers.
    command.add("-Dlog4j2.configurationFile=log4j2.xml");
    command.add("-Dsyllabus.log=" + LOG);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }
}
