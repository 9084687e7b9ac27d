package io.syllabus.job;

import io.syllabus.config.CurriculumSettings;
import io.syllabus.config.SettingsException;
import io.syllabus.report.Console;
import io.syllabus.report.SelectionTable;
import io.syllabus.report.TerminalConsole;
import io.syllabus.select.SelectionRule;
import io.syllabus.spark.score.SavedScores;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks what another rule would have selected in a run's cycles, without training anything. */
@Command(
    name = "select",
    mixinStandardHelpOptions = true,
    description = "Shows what a rule would have selected of the scores that a run saved.")
public final class Select extends Job {
  @Mixin private RunOptions options;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "Short for --set curriculum.rule=RULE; the run's own rule by default.")
  private Optional<String> rule = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting under curriculum, over the run's own. May be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there as well.")
  private Optional<String> json = Optional.empty();

  Select(Console console) {
    super(console);
  }

  public static void main(String[] arguments) {
    exit(execute(new Select(TerminalConsole.standard()), arguments));
  }

  @Override
  void run() throws IOException {
    logTo(LogFile.ofJob("select"));
    Map<String, String> given = new LinkedHashMap<>(overrides);
    rule.ifPresent(name -> given.put("curriculum.rule", name));
    for (String key : given.keySet()) {
      if (!key.startsWith("curriculum.")) {
        throw new SettingsException(
            List.of("select takes settings under curriculum only, found: " + key));
      }
    }
    options.with(
        "select",
        (spark, run, description) ->
            select(spark, run, description, description.with(given).curriculum()));
  }

  private void select(
      SparkSession spark, Store.Run run, RunDescription description, CurriculumSettings settings)
      throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    SelectionRule asked = SelectionRule.of(settings);
    SelectionTable table = new SelectionTable();
    int cycles = description.cyclesDone(run, hadoop);
    for (int cycle = 1; cycle < cycles; cycle++) {
      try (SavedScores scores =
          new SavedScores(spark, run, cycle, description.classes(), settings.confidence())) {
        table.add(scores.select(asked), scores.selectedByTheRun());
      }
    }
    console().say(table.render());
    if (json.isPresent()) {
      WholeFiles.write(json.orElseThrow(), table.toJson().getBytes(StandardCharsets.UTF_8), hadoop);
    }
  }
}
