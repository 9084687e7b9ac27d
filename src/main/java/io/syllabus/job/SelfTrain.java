package io.syllabus.job;

import io.syllabus.config.Settings;
import io.syllabus.report.Console;
import io.syllabus.report.TerminalConsole;
import io.syllabus.spark.Sessions;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job: labels a pool of images by Curriculum Labeling. */
@Command(
    name = "self-train",
    mixinStandardHelpOptions = true,
    description = "Trains on few labels and the pool's pseudo-labels, cycle by cycle.")
public final class SelfTrain extends Job {
  private static final DateTimeFormatter RUN_ID = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Mixin private SettingsOptions options;

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "Name of the run in the store; the time by default.")
  private String runId = LocalDateTime.now(ZoneId.systemDefault()).format(RUN_ID);

  SelfTrain(Console console) {
    super(console);
  }

  public static void main(String[] arguments) {
    System.exit(execute(new SelfTrain(TerminalConsole.standard()), arguments));
  }

  @Override
  void run() throws IOException {
    Settings settings = options.read();
    logTo(LogFile.ofRun(settings.store(), runId));
    try (SparkSession spark = Sessions.start(settings, "self-train " + runId)) {
      new SelfTraining(spark, settings, runId, console()).run();
    }
  }
}
