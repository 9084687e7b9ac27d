package io.syllabus.job;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.syllabus.Text;
import io.syllabus.config.CurriculumSettings;
import io.syllabus.config.DataSettings;
import io.syllabus.config.Settings;
import io.syllabus.cycle.CurriculumLabeling;
import io.syllabus.cycle.CycleResult;
import io.syllabus.data.BadDataException;
import io.syllabus.data.ClassChoice;
import io.syllabus.data.Inventory;
import io.syllabus.data.SourceRole;
import io.syllabus.network.Backend;
import io.syllabus.publish.Candidate;
import io.syllabus.publish.Outcome;
import io.syllabus.publish.PublicationRefusedException;
import io.syllabus.publish.QualityGates;
import io.syllabus.report.Console;
import io.syllabus.report.RunSummary;
import io.syllabus.report.RunSummary.State;
import io.syllabus.report.SummaryTable;
import io.syllabus.select.Curriculum;
import io.syllabus.select.SelectionRule;
import io.syllabus.spark.SparkStages;
import io.syllabus.spark.ingest.Ingest;
import io.syllabus.spark.ingest.IngestedImages;
import io.syllabus.spark.ingest.Sources;
import io.syllabus.spark.ingest.Splitting;
import io.syllabus.spark.publish.Annotations;
import io.syllabus.spark.publish.PublishedLabels;
import io.syllabus.spark.publish.Publisher;
import io.syllabus.spark.session.DevicePlugin;
import io.syllabus.spark.session.Slots;
import io.syllabus.spark.session.Workers;
import io.syllabus.spark.table.StoredTable;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * One run, from sources to summary: ingest, split, the cycles, report. What an earlier process did
 * of it is not done again. {@link #stop} may be called from any thread.
 */
final class SelfTraining {
  private final SparkSession spark;
  private final Settings settings;
  private final String runId;
  private final Optional<RunDescription> begunBefore;
  private final boolean force;
  private final Console console;
  private final Runnable whenBegun;
  private final Configuration hadoop;
  private final Store store;
  private final Store.Run run;

  @GuardedBy("this")
  private Optional<RunSummary> summary = Optional.empty();

  @GuardedBy("this")
  private boolean stopped;

  /**
   * @param begunBefore the run as an earlier process left it; empty where it begins now
   * @param force whether to publish labels that quality gates refuse
   * @param whenBegun is called once another process can go on with the run
   */
  SelfTraining(
      SparkSession spark,
      Settings settings,
      String runId,
      Optional<RunDescription> begunBefore,
      boolean force,
      Console console,
      Runnable whenBegun)
      throws IOException {
    this.spark = spark;
    this.settings = settings;
    this.runId = runId;
    this.begunBefore = begunBefore;
    this.force = force;
    this.console = console;
    this.whenBegun = whenBegun;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.store = Store.at(settings.store(), hadoop);
    this.run = store.run(runId);
  }

  void run() throws IOException {
    requireTablesIntact();
    // A run that goes on keeps its workers, however many slots they share.
    int asked = begunBefore.isPresent() ? 0 : settings.training().workers();
    Slots slots = Slots.await(spark.sparkContext(), asked);
    RunDescription description = begunBefore.isPresent() ? begunBefore.get() : begin(slots);
    console.say(
        Text.format(
            "Run %s%s, %s, workers: %d",
            runId, begunBefore.isPresent() ? " goes on" : "", run.folder(), description.workers()));
    DevicePlugin.descriptions(Math.max(1, slots.executors())).forEach(console::say);
    Backend backend = Backend.start();
    slots.description(spark.sparkContext().conf()).ifPresent(console::say);
    RunDescription ingested =
        description.ingested().isPresent() ? description : ingest(description);
    split(ingested);
    RunSummary trained = train(ingested, backend);
    if (isStopped()) {
      return;
    }
    RunSummary finished = publish(trained).with(State.FINISHED, trained.cycles());
    // Before the run says that it is finished: from then on nobody comes back for them.
    WholeFiles.delete(run.pixels(), hadoop);
    WholeFiles.delete(run.shares(), hadoop);
    WholeFiles.delete(run.ingestPlan(), hadoop);
    write(finished);
    console.say("");
    console.say(SummaryTable.render(finished));
    console.say("Figures: " + run.summary());
    if (finished.labels().filter(Outcome::isRefused).isPresent()) {
      throw PublicationRefusedException.ofRun(runId, finished.labels().get().refusals());
    }
  }

  private RunSummary publish(RunSummary trained) throws IOException {
    if (!settings.publish().enabled()) {
      return trained;
    }
    spark.sparkContext().setJobDescription("publish");
    Candidate candidate = RunDescription.candidate(run, hadoop).orElseThrow();
    Publisher publisher = new Publisher(spark, store, new QualityGates(settings.publish()), force);
    // An earlier process may have published them, and another run may have published since.
    return trained.with(
        new PublishedLabels(spark, store)
            .published(candidate)
            .orElseGet(() -> publisher.publish(candidate)));
  }

  // Before the work that would end on them. A run that begins replaces the examples.
  private void requireTablesIntact() {
    StoredTable.requireIntact(spark, store);
    StoredTable examples = new StoredTable(spark, store.examples());
    if (begunBefore.isPresent()) {
      examples.requireIntact("no run that has begun can go on then, --restart begins one anew");
    } else {
      examples.requireLogIntact("the next run reads its sources anew, as every run does");
    }
  }

  /** Says in the summary that the run was told to stop, and ends its work on Spark. */
  void stop() {
    synchronized (this) {
      summary.ifPresent(last -> write(last.with(State.STOPPED, last.cycles())));
      stopped = true;
    }
    // Not its jobs alone: between two of them there is none.
    spark.stop();
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  // What another run of the name left there would be taken for this one's.
  private RunDescription begin(Slots slots) throws IOException {
    WholeFiles.delete(run.description(), hadoop);
    WholeFiles.clear(run.folder(), LogFile.NAME, hadoop);
    int workers = Workers.of(settings, slots.count());
    RunDescription begun =
        new RunDescription(runId, Instant.now(), settings, workers, Optional.empty());
    begun.write(run, hadoop);
    whenBegun.run();
    return begun;
  }

  private RunDescription ingest(RunDescription begun) throws IOException {
    Sources sources = new Sources(settings, store, hadoop);
    Ingest.Result result =
        new Ingest(spark, store, runId, settings.data()).run(sources.find(console), console);
    Inventory inventory = result.inventory();
    console.say(
        Text.format(
            "Ingested %,d images, %,d could not be read",
            inventory.images(), inventory.unreadable()));
    try {
      inventory.check(settings.data());
    } catch (BadDataException e) {
      // Sources that are mended are read again.
      WholeFiles.delete(run.ingestPlan(), hadoop);
      WholeFiles.delete(run.pixels(), hadoop);
      throw e;
    }
    RunDescription ingested =
        begun.with(
            new IngestedImages(
                choice().labels(inventory.classes()),
                poolSize(inventory),
                inventory.unreadable(),
                result.batches(),
                result.version()));
    ingested.write(run, hadoop);
    return ingested;
  }

  private void split(RunDescription ingested) {
    IngestedImages images = ingested.ingested().orElseThrow();
    Annotations annotations = new Annotations(spark, store);
    if (!force) {
      annotations.requireWhole();
    }
    annotations.requireClasses(runId, images.classes());
    if (!new StoredTable(spark, run.split()).exists()) {
      Splitting.of(spark, settings)
          .run(store.examples(), images.examplesVersion(), annotations.latest(), run.split());
    }
  }

  private RunSummary train(RunDescription ingested, Backend backend) throws IOException {
    IngestedImages found = ingested.ingested().orElseThrow();
    RunSummary before = summaryOf(ingested, backend);
    List<CycleResult> done = new ArrayList<>(before.cycles());
    write(before.with(State.RUNNING, done));
    try (SparkStages stages =
        new SparkStages(spark, settings, run, ingested.workers(), found, console)) {
      done.forEach(cycle -> stages.conclude(cycle.cycle()));
      CurriculumSettings curriculum = settings.curriculum();
      new CurriculumLabeling(
              Curriculum.of(curriculum), SelectionRule.of(curriculum), curriculum.restart(), stages)
          .run(
              before.cycles(),
              cycle -> {
                done.add(cycle);
                write(before.with(State.RUNNING, done));
                stages.conclude(cycle.cycle());
              });
      if (settings.publish().enabled()) {
        stages.label(store, runId, CurriculumLabeling.best(done));
      }
    } catch (Exception | Error e) {
      // Spark's own exceptions are checked ones that its methods do not declare.
      write(before.with(State.FAILED, done));
      throw e;
    }
    return before.with(State.RUNNING, done);
  }

  private RunSummary summaryOf(RunDescription ingested, Backend backend) throws IOException {
    IngestedImages found = ingested.ingested().orElseThrow();
    return ingested
        .summary(run, hadoop)
        .orElseGet(
            () ->
                new RunSummary(
                    runId,
                    State.RUNNING,
                    settings.seed(),
                    backend.oneDnn(),
                    ingested.workers(),
                    found.unreadable(),
                    List.of(),
                    Optional.empty()));
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

  private ClassChoice choice() {
    return ClassChoice.of(settings.data());
  }

  private synchronized void write(RunSummary now) {
    if (stopped) {
      return;
    }
    summary = Optional.of(now);
    try {
      WholeFiles.write(run.summary(), now.toJson().getBytes(StandardCharsets.UTF_8), hadoop);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + run.summary(), e);
    }
  }
}
