package io.syllabus.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.Settings;
import io.syllabus.config.SettingsReader;
import io.syllabus.network.NetworkMemory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RunPlanTest {
  private static final Offset<Double> EXACT = within(1e-9);
  // A million parameters.
  private static final NetworkMemory NETWORK = new NetworkMemory(4_000_000, 100_000, 10_000);
  // 8 GBit/s are a gigabyte a second.
  private static final Rates RATES = new Rates(100, 200, 50, 200, 3_000, 8);

  /** Two cycles after the first, of 50 and 100 %. */
  private static Settings settings(String... others) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("data.labeled", "labeled");
    values.put("data.unlabeled", "pool");
    values.put("curriculum.step-percent", "50");
    values.put("training.epochs", "10");
    values.put("training.batch-size", "100");
    values.put("training.averaging-frequency", "4");
    values.put("scoring.batch-size", "16");
    values.put("data.image-size", "32");
    for (String other : others) {
      String[] pair = other.split("=", 2);
      values.put(pair[0], pair[1]);
    }
    return SettingsReader.read(Optional.empty(), values);
  }

  @Test
  void countsWhatARunDoes() {
    Workload work = Workload.of(settings(), 1_000, 200, 10_000);

    assertThat(work.cycles()).isEqualTo(2);
    // 10, 60 and 110 minibatches an epoch, ten epochs each.
    assertThat(work.trained()).isEqualTo(180 * 10 * 100);
    assertThat(work.rounds()).isEqualTo(450);
    assertThat(work.validated()).isEqualTo(3 * 10 * 200);
    assertThat(work.scored()).isEqualTo(30_000);
  }

  @Test
  void countsMinibatchesThatAreGivenOrHaveTrueLabels() {
    assertThat(Workload.of(settings("training.minibatches-per-epoch=7"), 10, 2, 1_000).trained())
        .isEqualTo(3 * 7 * 10 * 100);
    // 11, 51 and 101 where half of each is true labels.
    assertThat(
            Workload.of(settings("training.labeled-per-minibatch=50"), 1_000, 200, 10_000).rounds())
        .isEqualTo((20 + 120 + 220) * 10 / 4);
    assertThat(Workload.of(settings("curriculum.max-cycles=0"), 1_000, 200, 10_000).cycles())
        .isZero();
  }

  @Test
  void sharesTheWorkAmongWorkers() {
    Workload work = Workload.of(settings(), 1_000, 200, 10_000);
    RunPlan plan = RunPlan.of(settings(), work, RATES, NETWORK, 4);

    assertThat(plan.readSeconds()).isEqualTo(11_200 / 400.0, EXACT);
    // 5 ms to augment an image, 20 ms to train on it.
    assertThat(plan.trainSeconds()).isEqualTo(180_000 * 0.025 / 4, EXACT);
    assertThat(plan.scoreSeconds()).isEqualTo(36_000 / 800.0, EXACT);
    // 8 MB take 8 ms: two steps out and four back; and 12 ms whatever they carry.
    assertThat(plan.averageSeconds()).isEqualTo(450 * (0.012 + 0.008 * (2 + 4)), EXACT);
    // A minibatch takes 625 ms, of which a round may take a tenth.
    assertThat(plan.averagingFrequency()).isOne();
    assertThat(plan.seconds()).isEqualTo(28 + 1125 + 45 + 27, EXACT);
    assertThat(plan.workerHours()).isEqualTo(4 * 1_225 / 3600.0, EXACT);
  }

  @Test
  void saysWhatIsHeldWhere() {
    Workload work = Workload.of(settings(), 1_000, 200, 10_000);
    RunPlan plan = RunPlan.of(settings(), work, RATES, NETWORK, 4);

    assertThat(plan.roundBytes()).isEqualTo(4 * 8_000_000);
    // Four copies of the weights, and a quarter of a minibatch.
    assertThat(plan.taskBytes()).isEqualTo(16_000_000 + 25 * 100_000);
    assertThat(plan.storedBytes()).isEqualTo(11_200 * 3_000 + 10_000 * (2 * 25 + 500));
    assertThat(plan.scratchBytes()).isEqualTo(11_200 * 32 * 32 * 3);
  }

  @Test
  void whatIsMuchIsAveragedInSlices() {
    Workload work = Workload.of(settings(), 1_000, 200, 10_000);
    RunPlan plan = RunPlan.of(settings(), work, RATES, NETWORK, 90);

    // Seven steps out, as much to each worker, and as much to the driver.
    assertThat(plan.roundBytes()).isEqualTo(8_000_000);
    assertThat(plan.averageSeconds()).isEqualTo(450 * (0.012 + 0.008 * (7 + 1 + 1)), EXACT);
    // 84 ms, and a minibatch takes 100 / 90 of 25 ms.
    assertThat(plan.averagingFrequency()).isEqualTo(31);
  }

  @Test
  void theDriverAddsUpWhatIsLittle() {
    assertThat(AveragingSlices.of(16, 3_000_000).count()).isOne();
    assertThat(AveragingSlices.of(16, 5_000_000).count()).isEqualTo(16);
    assertThat(AveragingSlices.of(2, 200_000_000).count()).isOne();
  }

  @Test
  void oneWorkerSendsNothing() {
    Workload work = Workload.of(settings(), 1_000, 200, 10_000);
    assertThat(RunPlan.of(settings(), work, RATES, NETWORK, 1).averageSeconds())
        .isEqualTo(450 * 0.012, EXACT);
  }
}
