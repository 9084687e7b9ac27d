package io.syllabus.job;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.report.Console;
import io.syllabus.report.TerminalConsole;
import io.syllabus.spark.TrainingProbe;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures training speed against Deeplearning4j as shipped, on this machine, in turns. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description =
        "Trains a network on random 32×32 images as Syllabus does and as Deeplearning4j does as"
            + " shipped, in turns, and prints images a second of both and their ratio.")
public final class Benchmark extends Job {
  private static final String RESULT = "images a second: ";
  private static final Pattern RESULT_LINE = Pattern.compile(RESULT + "([0-9.]+)");

  private enum Side {
    SYLLABUS,
    SHIPPED
  }

  @Option(
      names = "--network",
      defaultValue = "small-cnn",
      description = "small-cnn, cnn-13 or wide-resnet-28-2; ${DEFAULT-VALUE} by default.")
  private String network;

  @Option(names = "--batch", defaultValue = "64", description = "Images in a minibatch.")
  private int batch;

  @Option(names = "--minibatches", defaultValue = "100", description = "Measured a repetition.")
  private int minibatches;

  @Option(names = "--workers", defaultValue = "2", description = "Syllabus's, a thread each.")
  private int workers;

  @Option(names = "--repetitions", defaultValue = "5", description = "Of each side.")
  private int repetitions;

  @Option(names = "--side", hidden = true, description = "Measures one side in this JVM.")
  private Side side;

  Benchmark(Console console) {
    super(console);
  }

  public static void main(String[] arguments) {
    System.exit(execute(new Benchmark(TerminalConsole.standard()), arguments));
  }

  @Override
  void run() throws Exception {
    logTo(LogFile.ofJob("benchmark"));
    if (side == null) {
      compare();
    } else {
      console().say(RESULT + String.format(Locale.ROOT, "%.1f", measure()));
    }
  }

  private double measure() throws IOException {
    Architecture architecture =
        Architecture.valueOf(network.toUpperCase(Locale.ROOT).replace('-', '_'));
    TrainingProbe probe = new TrainingProbe(architecture, batch, minibatches);
    return side == Side.SHIPPED ? probe.shipped() : probe.syllabus(workers);
  }

  private void compare() throws IOException, InterruptedException {
    console()
        .say(
            String.format(
                "train %s, minibatches of %d, %d repetitions in turns, %d cores, Java %s",
                network,
                batch,
                repetitions,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version()));
    List<Double> ours = new ArrayList<>();
    List<Double> shipped = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      ours.add(inOwnJvm(Side.SYLLABUS));
      shipped.add(inOwnJvm(Side.SHIPPED));
      ratios.add(ours.get(i) / shipped.get(i));
    }
    say(String.format("Syllabus, %d workers of one thread, oneDNN, in Spark", workers), ours);
    say("Deeplearning4j as shipped, all threads, plain JVM", shipped);
    say("ratio", ratios);
  }

  private void say(String what, List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    console()
        .say(
            String.format(
                "%-52s median %8.1f  (%.1f to %.1f)",
                what, sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1)));
  }

  private double inOwnJvm(Side which) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(javaOptions(which));
    command.addAll(
        List.of(
            Benchmark.class.getName(),
            "--side=" + which,
            "--network=" + network,
            "--batch=" + batch,
            "--minibatches=" + minibatches,
            "--workers=" + workers));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    if (which == Side.SHIPPED) {
      builder.environment().remove("OMP_NUM_THREADS");
    } else {
      builder.environment().put("OMP_NUM_THREADS", "1");
    }
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher result = RESULT_LINE.matcher(output);
    if (process.waitFor() != 0 || !result.find()) {
      throw new IOException("The measurement of " + which + " failed: " + output);
    }
    return Double.parseDouble(result.group(1));
  }

  // This JVM's own options and class path; as shipped, nothing switches oneDNN on.
  private static List<String> javaOptions(Side which) {
    List<String> options = new ArrayList<>();
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (which == Side.SYLLABUS || !option.contains("helpers.disable")) {
        options.add(option);
      }
    }
    options.add("-cp");
    options.add(System.getProperty("java.class.path"));
    return options;
  }
}
