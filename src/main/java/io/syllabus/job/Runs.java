package io.syllabus.job;

import static org.apache.spark.sql.functions.col;

import io.delta.tables.DeltaTable;
import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import io.syllabus.cycle.CycleResult;
import io.syllabus.cycle.Selection;
import io.syllabus.data.BadDataException;
import io.syllabus.report.Console;
import io.syllabus.report.RunSummary;
import io.syllabus.report.RunsTable;
import io.syllabus.report.SummaryTable;
import io.syllabus.report.TerminalConsole;
import io.syllabus.select.Curriculum;
import io.syllabus.spark.publish.PublishedLabels;
import io.syllabus.spark.session.Sessions;
import io.syllabus.spark.table.StoredTable;
import io.syllabus.store.Store;
import io.syllabus.store.StoreLock;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says how far the runs of a store are, or deletes one of them. */
@Command(
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists the runs of a store, shows one, or deletes one.")
public final class Runs extends Job {
  @Option(
      names = "--store",
      paramLabel = "PATH",
      defaultValue = "store",
      description = "The store that has the runs; ${DEFAULT-VALUE} by default.")
  private String root;

  @Option(names = "--run", paramLabel = "ID", description = "The one run that is meant.")
  private Optional<String> runId = Optional.empty();

  @Option(names = "--delete", description = "Deletes the run and all that it wrote.")
  private boolean delete;

  @Option(names = "--force", description = "Deletes even the run that the published labels are of.")
  private boolean force;

  Runs(Console console) {
    super(console);
  }

  public static void main(String[] arguments) {
    exit(execute(new Runs(TerminalConsole.standard()), arguments));
  }

  @Override
  void run() throws IOException {
    if (force && !delete) {
      throw new SettingsException(List.of("--force goes with --delete"));
    }
    logTo(LogFile.ofJob("runs"));
    Configuration hadoop = Sessions.hadoop();
    Store store = Store.at(root, hadoop);
    if (delete) {
      delete(
          store,
          runId.orElseThrow(() -> new SettingsException(List.of("--delete needs --run"))),
          hadoop);
    } else if (runId.isPresent()) {
      show(store, runId.get(), hadoop);
    } else {
      list(store, hadoop);
    }
  }

  private void list(Store store, Configuration hadoop) throws IOException {
    List<RunsTable.Line> lines = new ArrayList<>();
    List<String> damages = new ArrayList<>();
    for (String id : store.runIds(hadoop)) {
      try {
        Optional<RunDescription> run = RunDescription.find(id, store.run(id), hadoop);
        if (run.isPresent()) {
          lines.add(line(run.get(), store, hadoop));
        }
      } catch (BadDataException e) {
        damages.add(e.getMessage());
      }
    }
    lines.sort(Comparator.comparing(RunsTable.Line::begun));
    if (!lines.isEmpty()) {
      console().say(RunsTable.render(lines));
    } else if (damages.isEmpty()) {
      console().say(store.root() + " holds no run");
    }
    if (!damages.isEmpty()) {
      throw new BadDataException(String.join("\n", damages));
    }
  }

  private void show(Store store, String id, Configuration hadoop) throws IOException {
    RunDescription run = RunDescription.read(id, store.run(id), hadoop);
    console().say(RunsTable.render(List.of(line(run, store, hadoop))));
    Optional<RunSummary> summary = run.summary(store.run(id), hadoop);
    if (summary.isPresent()) {
      console().say(SummaryTable.render(summary.get()));
    }
    console().say("All of it: " + store.run(id).folder());
  }

  private static RunsTable.Line line(RunDescription run, Store store, Configuration hadoop)
      throws IOException {
    Store.Run files = store.run(run.runId());
    Optional<RunSummary> summary = run.summary(files, hadoop);
    List<CycleResult> done = summary.map(RunSummary::cycles).orElse(List.of());
    int last = Curriculum.of(run.settings().curriculum()).lastCycle();
    int cycle = Math.min(done.size(), last);
    Optional<CycleResult> best = summary.flatMap(RunSummary::best);
    return new RunsTable.Line(
        run.runId(),
        run.begun(),
        state(run, summary, store, hadoop),
        cycle,
        last,
        epochs(files.metrics(cycle), hadoop),
        run.settings().training().epochs(),
        done.stream().mapToDouble(Runs::seconds).sum(),
        best.map(b -> OptionalDouble.of(b.training().validationAccuracy()))
            .orElse(OptionalDouble.empty()),
        best.map(CycleResult::testAccuracy).orElse(OptionalDouble.empty()));
  }

  // One that says that it runs, and does not hold the store, was killed.
  private static String state(
      RunDescription run, Optional<RunSummary> summary, Store store, Configuration hadoop)
      throws IOException {
    RunSummary.State state = summary.map(RunSummary::state).orElse(RunSummary.State.RUNNING);
    boolean holds = StoreLock.holder(store, hadoop).equals(Optional.of(run.runId()));
    return state == RunSummary.State.RUNNING && !holds ? "INTERRUPTED" : state.name();
  }

  private static int epochs(String metrics, Configuration hadoop) throws IOException {
    long lines = WholeFiles.find(metrics, hadoop).map(text -> text.lines().count()).orElse(0L);
    return Math.toIntExact(lines);
  }

  private static double seconds(CycleResult cycle) {
    return cycle.training().seconds() + cycle.selection().map(Selection::seconds).orElse(0.0);
  }

  private void delete(Store store, String id, Configuration hadoop) throws IOException {
    Map<String, String> settings = settingsOfSpark(store.run(id), id, hadoop);
    StoreLock lock = lock(store, "deletion of " + id, hadoop);
    try (lock) {
      try (SparkSession spark = Sessions.start(settings, "delete " + id, watch())) {
        if (!force) {
          requireUnpublished(spark, store, id);
        }
        forgetQuarantine(spark, store, id);
      }
      WholeFiles.delete(store.run(id).folder(), hadoop);
      console().say(Text.format("Deleted run %s: %s is gone", id, store.run(id).folder()));
    }
  }

  // A run that is damaged can be deleted too.
  private static Map<String, String> settingsOfSpark(Store.Run run, String id, Configuration hadoop)
      throws IOException {
    try {
      return RunDescription.read(id, run, hadoop).settings().spark();
    } catch (BadDataException e) {
      if (WholeFiles.exists(new Path(run.description()), hadoop)) {
        return Map.of();
      }
      throw e;
    }
  }

  private static void requireUnpublished(SparkSession spark, Store store, String id) {
    new StoredTable(spark, store.labels())
        .requireLogIntact("the next run then publishes all labels anew, as version 0");
    Optional<PublishedLabels.Version> latest = new PublishedLabels(spark, store).latest();
    if (latest.filter(version -> version.publication().runId().equals(id)).isPresent()) {
      throw new SettingsException(
          List.of(
              Text.format(
                  "Run %s gave the published labels (version %d), and jobs/label --incremental and"
                      + " jobs/review need it: publish another run first. With --force it is"
                      + " deleted all the same: the labels stay, and until another run is published"
                      + " nothing new is labeled and nothing reviewed",
                  id, latest.get().number())));
    }
  }

  /** Takes what a run could not read out of the quarantine. */
  static void forgetQuarantine(SparkSession spark, Store store, String id) {
    if (new StoredTable(spark, store.quarantine()).exists()) {
      DeltaTable.forPath(spark, store.quarantine()).delete(col("run").equalTo(id));
    }
  }
}
