package io.syllabus.job;

import io.syllabus.config.DataSettings;
import io.syllabus.config.Settings;
import io.syllabus.config.SettingsException;
import io.syllabus.network.Backend;
import io.syllabus.network.ComputeRates;
import io.syllabus.network.Device;
import io.syllabus.network.NetworkMemory;
import io.syllabus.plan.Rates;
import io.syllabus.plan.RunPlan;
import io.syllabus.plan.Workload;
import io.syllabus.report.Console;
import io.syllabus.report.PlanTable;
import io.syllabus.report.TerminalConsole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a run will take, from rates that it measures here for some seconds. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Estimates time, memory, storage and cost of a run from a short probe.")
public final class Plan extends Job {
  private static final int LABELED_OF = 100;

  @Mixin private SettingsOptions options;

  @Option(
      names = "--images",
      required = true,
      paramLabel = "N",
      description = "Images of the pool.")
  private long images;

  @Option(
      names = "--labels",
      paramLabel = "N",
      description =
          "Images with true labels; by default what data.split takes of each class, else a"
              + " hundredth of the pool.")
  private Optional<Long> labels = Optional.empty();

  @Option(
      names = "--workers",
      required = true,
      paramLabel = "W",
      description = "Averaging workers, each as fast as this machine's with one task, unless told.")
  private int workers;

  @Option(
      names = "--classes",
      paramLabel = "C",
      defaultValue = "1000",
      description = "Classes; ${DEFAULT-VALUE} by default.")
  private int classes;

  @Option(
      names = "--trains",
      paramLabel = "R",
      description =
          "Images a second that a worker trains on, such as a GPU's; measured by default.")
  private Optional<Double> trains = Optional.empty();

  @Option(
      names = "--scores",
      paramLabel = "R",
      description = "Images a second that a worker scores; measured by default.")
  private Optional<Double> scores = Optional.empty();

  @Option(
      names = "--gigabits",
      paramLabel = "G",
      defaultValue = "10",
      description = "What the network carries in a second; ${DEFAULT-VALUE} by default.")
  private double gigabits;

  @Option(
      names = "--price",
      paramLabel = "P",
      description = "Of a worker for an hour, in any currency; without it no cost is given.")
  private Optional<Double> price = Optional.empty();

  Plan(Console console) {
    super(console);
  }

  public static void main(String[] arguments) {
    exit(execute(new Plan(TerminalConsole.standard()), arguments));
  }

  @Override
  void run() throws IOException {
    refuseNothing();
    Settings settings = options.read();
    logTo(LogFile.ofJob("plan"));
    Device device = Device.choose(settings.network().device());
    console()
        .say(
            "Networks are computed " + device.description() + "; " + Backend.start().description());
    Workload work = work(settings);
    Rates rates = probe(settings).rates(console());
    NetworkMemory memory =
        NetworkMemory.of(
            settings.network().architecture(),
            settings.data().imageSize(),
            classes,
            settings.network().engine());
    RunPlan plan = RunPlan.of(settings, work, rates, memory, workers);
    console().say(PlanTable.render(work, rates, plan, price));
  }

  private Workload work(Settings settings) {
    DataSettings.Split split = settings.data().split();
    long labeled = labels.orElse(ofClasses(split.labeledPerClass(), images / LABELED_OF));
    long validation =
        ofClasses(split.validationPerClass(), Math.round(labeled * split.validationFraction()));
    return Workload.of(settings, labeled, validation, images);
  }

  private long ofClasses(int each, long otherwise) {
    return each > 0 ? (long) classes * each : Math.max(1, otherwise);
  }

  private Probe probe(Settings settings) {
    Optional<ComputeRates> known =
        trains.flatMap(trained -> scores.map(scored -> new ComputeRates(trained, scored)));
    return new Probe(settings, workers, classes, gigabits, known);
  }

  private void refuseNothing() {
    List<String> problems = new ArrayList<>();
    if (images < 1 || workers < 1 || classes < 2 || labels.orElse(1L) < 1) {
      problems.add("--images, --labels and --workers take numbers from 1, --classes from 2");
    }
    if (gigabits <= 0 || price.orElse(0.0) < 0) {
      problems.add("--gigabits takes a number above 0, --price none below");
    }
    if (trains.isPresent() != scores.isPresent()) {
      problems.add("--trains and --scores go together");
    }
    if (trains.orElse(1.0) <= 0 || scores.orElse(1.0) <= 0) {
      problems.add("--trains and --scores take numbers above 0");
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }
}
