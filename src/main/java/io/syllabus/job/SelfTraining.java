package io.syllabus.job;

import io.delta.tables.DeltaTable;
import io.syllabus.config.CurriculumSettings;
import io.syllabus.config.DataSettings;
import io.syllabus.config.Settings;
import io.syllabus.config.SettingsException;
import io.syllabus.cycle.CurriculumLabeling;
import io.syllabus.cycle.CycleResult;
import io.syllabus.data.ClassChoice;
import io.syllabus.data.Inventory;
import io.syllabus.data.SourceRole;
import io.syllabus.network.Backend;
import io.syllabus.report.Console;
import io.syllabus.report.RunSummary;
import io.syllabus.report.RunSummary.State;
import io.syllabus.report.SummaryTable;
import io.syllabus.select.Curriculum;
import io.syllabus.select.SelectionRule;
import io.syllabus.spark.Ingest;
import io.syllabus.spark.Sources;
import io.syllabus.spark.SparkStages;
import io.syllabus.spark.Splitting;
import io.syllabus.spark.Store;
import io.syllabus.spark.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** One run, from sources to summary: ingest, split, the cycles, report. */
final class SelfTraining {
  private final SparkSession spark;
  private final Settings settings;
  private final String runId;
  private final Console console;
  private final Configuration hadoop;
  private final Store store;
  private final Store.Run run;
  private final int workers;

  SelfTraining(SparkSession spark, Settings settings, String runId, Console console)
      throws IOException {
    this.spark = spark;
    this.settings = settings;
    this.runId = runId;
    this.console = console;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.store = Store.at(settings.store(), hadoop);
    this.run = store.run(runId);
    this.workers = Workers.of(settings, spark.sparkContext().defaultParallelism());
  }

  void run() throws IOException {
    Path description = new Path(run.description());
    if (description.getFileSystem(hadoop).exists(description)) {
      throw new SettingsException(
          List.of(String.format("--run %s exists in %s: name another", runId, store.root())));
    }
    Backend backend = Backend.start();
    console.say(String.format("Run %s, %s, %d workers", runId, run.folder(), workers));
    console.say(backend.description());
    try {
      Inventory inventory = ingest();
      train(inventory, started(inventory, backend));
    } finally {
      for (String folder : List.of(run.pixels(), run.shares())) {
        Path path = new Path(folder);
        path.getFileSystem(hadoop).delete(path, true);
      }
    }
  }

  private RunSummary started(Inventory inventory, Backend backend) {
    return new RunSummary(
        runId,
        State.RUNNING,
        settings.seed(),
        backend.oneDnn(),
        workers,
        inventory.unreadable(),
        List.of());
  }

  private Inventory ingest() throws IOException {
    Sources sources = new Sources(settings, store, hadoop);
    Inventory inventory =
        new Ingest(spark, store, runId, settings.data()).run(sources.find(console), console);
    console.say(
        String.format(
            "Ingested %,d images, %,d could not be read",
            inventory.images(), inventory.unreadable()));
    inventory.check(settings.data());
    long version =
        DeltaTable.forPath(spark, store.examples()).history(1).select("version").first().getLong(0);
    new RunDescription(runId, settings, labels(inventory), workers, version).write(run, hadoop);
    Splitting.of(spark, settings).run(store.examples(), version, run.split());
    return inventory;
  }

  private void train(Inventory inventory, RunSummary started) throws IOException {
    List<CycleResult> done = new ArrayList<>();
    write(started);
    try (SparkStages stages =
        new SparkStages(
            spark, settings, run, workers, labels(inventory), poolSize(inventory), console)) {
      CurriculumSettings curriculum = settings.curriculum();
      new CurriculumLabeling(
              new Curriculum(curriculum.stepPercent()),
              SelectionRule.of(curriculum),
              curriculum.restart(),
              stages)
          .run(
              cycle -> {
                done.add(cycle);
                write(started.with(State.RUNNING, done));
              });
    } catch (Exception | Error e) {
      // Spark's own exceptions are checked ones that its methods do not declare.
      write(started.with(State.FAILED, done));
      throw e;
    }
    RunSummary finished = started.with(State.FINISHED, done);
    write(finished);
    console.say("");
    console.say(SummaryTable.render(finished));
    console.say("Figures: " + run.summary());
  }

  // For the display: where a class gives the pool nothing but labels, it is a little less.
  private long poolSize(Inventory inventory) {
    DataSettings.Split split = settings.data().split();
    long classes = inventory.classes().stream().filter(choice()::isInPool).count();
    long others = classes * (split.labeledPerClass() + split.validationPerClass());
    long hidden =
        split.restIsPool()
            ? Math.max(0, inventory.images(SourceRole.LABELED) - others)
            : classes * split.poolPerClass();
    return hidden + inventory.images(SourceRole.UNLABELED);
  }

  private List<String> labels(Inventory inventory) {
    return choice().labels(inventory.classes());
  }

  private ClassChoice choice() {
    return ClassChoice.of(settings.data());
  }

  private void write(RunSummary summary) {
    try {
      Store.write(run.summary(), summary.toJson().getBytes(StandardCharsets.UTF_8), hadoop);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + run.summary(), e);
    }
  }
}
