package io.syllabus.report;

import io.syllabus.Text;
import io.syllabus.plan.Rates;
import io.syllabus.plan.RunPlan;
import io.syllabus.plan.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run's plan for people. */
public final class PlanTable {
  private static final double MEGABYTE = 1e6;
  private static final double GIGABYTE = 1e9;

  private PlanTable() {}

  /**
   * What is measured, what takes how long, and what is held where.
   *
   * @param pricePerHour of a worker; empty where nothing is asked about costs
   */
  public static String render(
      Workload work, Rates rates, RunPlan plan, Optional<Double> pricePerHour) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Text.format(
            "One worker: reads %,.0f images a second of %,.1f kB, augments %,.0f, trains on %,.0f, scores"
                + " %,.0f",
            rates.readsPerSecond(),
            rates.bytesAnImage() / 1e3,
            rates.augmentsPerSecond(),
            rates.trainsPerSecond(),
            rates.scoresPerSecond()));
    lines.add(
        Text.format(
            "%d cycles after the first, %,d workers, %,d averaging rounds, %s GBit/s between them",
            work.cycles(), plan.workers(), work.rounds(), rates.gigabitsPerSecond()));
    lines.add(time("read", plan.readSeconds()));
    lines.add(time("train", plan.trainSeconds()));
    lines.add(
        time("average", plan.averageSeconds())
            + Text.format(
                ", %,.1f MB through the driver in each round", plan.roundBytes() / MEGABYTE));
    if (plan.averagesOften()) {
      lines.add(
          Text.format(
              "          training.averaging-frequency = %,d would make it a tenth of training",
              plan.averagingFrequency()));
    }
    lines.add(time("score", plan.scoreSeconds()));
    lines.add(
        time("in all", plan.seconds())
            + Text.format(", %,.1f worker hours", plan.workerHours())
            + (pricePerHour.isPresent()
                ? Text.format(", cost %,.2f", plan.workerHours() * pricePerHour.get())
                : ""));
    lines.add(
        Text.format(
            "memory    %,.0f MB native for each worker; %,.0f MB of the driver's for a round",
            plan.taskBytes() / MEGABYTE, plan.roundBytes() / MEGABYTE));
    lines.add(
        Text.format(
            "store     %,.1f GB, and %,.1f GB more while it runs",
            plan.storedBytes() / GIGABYTE, plan.scratchBytes() / GIGABYTE));
    return String.join("\n", lines);
  }

  private static String time(String what, double seconds) {
    return Text.format("%-9s %s", what, duration(seconds));
  }

  private static String duration(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(seconds));
    if (time.toHours() > 0) {
      return Text.format("%,d h %02d min", time.toHours(), time.toMinutesPart());
    }
    return Text.format("%d min %02d s", time.toMinutes(), time.toSecondsPart());
  }
}
