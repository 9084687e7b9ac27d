package io.syllabus.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures Syllabus against a peer on this machine, in turns. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = "Measures Syllabus against a peer on this machine, in turns.")
public final class Benchmark implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "ROW", description = "What to compare: see --list.")
  private Optional<String> rowName = Optional.empty();

  @Option(names = "--list", description = "Names all rows.")
  private boolean list;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there as well.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often each side is measured; ${DEFAULT-VALUE} by default.")
  private int repetitions;

  @Mixin private SetupOptions options;

  @Option(names = "--side", hidden = true, description = "Measures one side once, in this JVM.")
  private Optional<Which> side = Optional.empty();

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Benchmark()).setUsageHelpAutoWidth(true);
  }

  @Override
  public Integer call() throws Exception {
    if (list) {
      say(Rows.list());
      return CommandLine.ExitCode.OK;
    }
    Row row = row();
    Setup setup = setup();
    try {
      if (side.isPresent()) {
        side.get().of(row).measure(setup).lines().forEach(this::say);
      } else {
        compare(row, setup);
      }
      return CommandLine.ExitCode.OK;
    } catch (BenchmarkException e) {
      say(e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void compare(Row row, Setup setup)
      throws BenchmarkException, IOException, InterruptedException {
    row.ours().prepare(setup);
    row.peer().prepare(setup);
    Result result = new Comparison(row, setup, repetitions).run(OwnJvm::measure, this::say);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Report report = new Report(result, Machine.here(), now);
    say(report.render());
    if (json.isPresent()) {
      Files.writeString(json.get(), report.toJson());
    }
  }

  private Row row() {
    String name = rowName.orElseThrow(() -> wrong("Name a row, or --list. Rows: " + Rows.names()));
    return Rows.named(name)
        .orElseThrow(() -> wrong("There is no row " + name + ". Rows: " + Rows.names()));
  }

  private Setup setup() throws IOException {
    if (repetitions < 1) {
      throw wrong("--repetitions must be 1 or more, found: " + repetitions);
    }
    if (json.isPresent() && !Files.isDirectory(json.get().toAbsolutePath().getParent())) {
      throw wrong("--json " + json.get() + " is in no folder that exists: name one that does");
    }
    try {
      return options.setup();
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
