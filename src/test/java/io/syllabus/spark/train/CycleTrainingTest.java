package io.syllabus.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.config.Settings;
import io.syllabus.data.BadDataException;
import io.syllabus.data.Split;
import io.syllabus.network.BestNetwork;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.report.Console;
import io.syllabus.spark.LocalSpark;
import io.syllabus.spark.TestRun;
import io.syllabus.spark.shard.Shares;
import io.syllabus.spark.shard.TrainingShare;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Training on Spark against the same training by hand, bit for bit. */
class CycleTrainingTest {
  private static final int EPOCHS = 2;

  @TempDir private static Path folder;
  private static TestRun run;

  @BeforeAll
  static void ingest() throws IOException {
    run = TestRun.in(folder);
  }

  // 30 images in minibatches of 8: an epoch is two rounds, of 3 minibatches and of 1.
  @Test
  void oneWorkerTrainsAsPlainLocalTrainingDoes() {
    Settings settings = settings(1, 8, 3);
    ComputationGraph local = run.freshNetwork(settings.training(), EPOCHS * 4, 0);
    try (Shares shares = run.shares(1);
        TrainingSet set = TrainingSet.labeledOnly(shares, run.classes())) {
      TrainingShare share = set.shares().collect().get(0);
      BestNetwork expected = new BestNetwork();
      List<NetworkSnapshot> ends = new ArrayList<>();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        minibatches(settings, new Round(0, epoch, 0, 4), 0, share).forEachRemaining(local::fit);
        ends.add(NetworkSnapshot.of(local));
        expected.offer(ends.get(epoch), accuracy(shares, ends.get(epoch)));
      }

      BestNetwork trained = train(settings, shares, set);

      assertThat(ends.get(1).checksum()).isNotEqualTo(ends.get(0).checksum());
      assertThat(trained.network().checksum()).isEqualTo(expected.network().checksum());
      assertThat(trained.validationAccuracy()).isEqualTo(expected.validationAccuracy());
    }
  }

  // 30 images in minibatches of 4 for each of two workers: an epoch is rounds of 3 and of 1.
  @Test
  void twoWorkersEndWithTheMeanOfTwoNetworksTrainedByHand() {
    Settings settings = settings(2, 8, 3);
    List<ComputationGraph> local =
        List.of(
            run.freshNetwork(settings.training(), EPOCHS * 4, 0),
            run.freshNetwork(settings.training(), EPOCHS * 4, 0));
    try (Shares shares = run.shares(2);
        TrainingSet set = TrainingSet.labeledOnly(shares, run.classes())) {
      List<TrainingShare> byWorker = set.shares().collect();
      assertThat(byWorker.get(0).size()).isNotEqualTo(byWorker.get(1).size());
      BestNetwork expected = new BestNetwork();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (int[] round : new int[][] {{0, 3}, {3, 4}}) {
          for (int worker = 0; worker < 2; worker++) {
            Round part = new Round(0, epoch, round[0], round[1]);
            minibatches(settings, part, worker, byWorker.get(worker))
                .forEachRemaining(local.get(worker)::fit);
          }
          average(local.get(0), local.get(1));
        }
        NetworkSnapshot end = NetworkSnapshot.of(local.get(0));
        expected.offer(end, accuracy(shares, end));
      }

      BestNetwork trained = train(settings, shares, set);

      assertThat(trained.network().checksum()).isEqualTo(expected.network().checksum());
    }
  }

  @Test
  void repeatsItself() {
    Settings settings = settings(2, 8, 2);
    try (Shares shares = run.shares(2);
        TrainingSet set = TrainingSet.labeledOnly(shares, run.classes())) {
      assertThat(train(settings, shares, set).network().checksum())
          .isEqualTo(train(settings, shares, set).network().checksum());
    }
  }

  @Test
  void goesOnAfterEveryEpochAsIfItHadNotStopped() {
    Settings settings =
        LocalSpark.settings(
            "training.epochs=4",
            "training.batch-size=8",
            "training.averaging-frequency=3",
            "training.weight-averaging.start-epoch=2",
            "training.weight-averaging.every-epochs=1",
            "network.dropout=0.2");
    try (Shares shares = run.shares(2);
        TrainingSet set = TrainingSet.labeledOnly(shares, run.classes())) {
      List<CycleTraining.Epoch> epochs = new ArrayList<>();
      List<byte[]> states = new ArrayList<>();
      CycleTraining whole = training(settings, shares, set);
      BestNetwork expected =
          whole.run(
              Console.silent(),
              epoch -> {
                epochs.add(epoch);
                states.add(SerializationUtils.serialize(whole.state()));
              });

      for (int done = 1; done <= 4; done++) {
        List<CycleTraining.Epoch> rest = new ArrayList<>();
        CycleTraining resumed = training(settings, shares, set);
        resumed.goOnFrom(SerializationUtils.deserialize(states.get(done - 1)));
        BestNetwork best = resumed.run(Console.silent(), rest::add);

        assertThat(best.network().checksum()).isEqualTo(expected.network().checksum());
        assertThat(best.validationAccuracy()).isEqualTo(expected.validationAccuracy());
        assertThat(NetworkSnapshot.of(resumed.network()).checksum())
            .isEqualTo(NetworkSnapshot.of(whole.network()).checksum());
        assertThat(rest)
            .usingRecursiveComparison()
            .ignoringFields("trainSeconds", "imagesPerSecond")
            .isEqualTo(epochs.subList(done, 4));
      }
    }
  }

  @Test
  void bothEnginesTrainAlike() {
    INDArray start = run.freshNetwork(settings(2, 8, 2).training(), 1, 0).params();
    INDArray oneDnn = wayGone("network.engine=onednn", start);
    INDArray deeplearning4j = wayGone("network.engine=deeplearning4j", start);

    // Eight optimizer steps, each of which adds the rounding of sums taken in another order.
    double apart = oneDnn.sub(deeplearning4j).norm2Number().doubleValue();
    assertThat(apart).isPositive();
    assertThat(apart / deeplearning4j.norm2Number().doubleValue()).isLessThan(0.01);
  }

  private static INDArray wayGone(String engine, INDArray start) {
    Settings settings =
        LocalSpark.settings(
            engine, "training.epochs=" + EPOCHS, "training.workers=2", "training.batch-size=8");
    try (Shares shares = run.shares(2);
        TrainingSet set = TrainingSet.labeledOnly(shares, run.classes())) {
      CycleTraining training = training(settings, shares, set);
      training.run(Console.silent(), epoch -> {});
      return training.network().params().sub(start);
    }
  }

  @Test
  void tellsWhatEachEpochCameTo() {
    Settings settings = settings(2, 8, 2);
    List<CycleTraining.Epoch> epochs = new ArrayList<>();
    try (Shares shares = run.shares(2);
        TrainingSet set = TrainingSet.labeledOnly(shares, run.classes())) {
      training(settings, shares, set).run(Console.silent(), epochs::add);
    }

    assertThat(epochs).extracting(CycleTraining.Epoch::epoch).containsExactly(1, 2);
    assertThat(epochs).allMatch(epoch -> Double.isFinite(epoch.loss()) && epoch.loss() > 0);
    // Halfway through its cosine the rate is half of the first, at the end it is 0.
    assertThat(epochs.get(0).learningRate()).isEqualTo(settings.training().learningRate() / 2);
    assertThat(epochs.get(1).learningRate()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void anEpochMayHaveLessOrMoreThanAllExamples(int minibatches) {
    Settings settings =
        LocalSpark.settings(
            "training.epochs=1",
            "training.batch-size=8",
            "training.averaging-frequency=2",
            "training.minibatches-per-epoch=" + minibatches);
    try (Shares shares = run.shares(2);
        TrainingSet set = TrainingSet.labeledOnly(shares, run.classes())) {
      CycleTraining training = training(settings, shares, set);
      training.run(Console.silent(), epoch -> {});

      assertThat(training.imagesAnEpoch()).isEqualTo(8L * minibatches);
      assertThat(training.network().getConfiguration().getIterationCount()).isEqualTo(minibatches);
    }
  }

  @Test
  void refusesWorkersWithoutAnExample() {
    try (Shares shares = run.shares(50);
        TrainingSet set = TrainingSet.labeledOnly(shares, run.classes())) {
      assertThatThrownBy(() -> training(settings(4, 8, 2), shares, set))
          .isInstanceOf(BadDataException.class)
          .hasMessage(
              "30 training images are too few for 50 workers, one has none: lower"
                  + " training.workers");
    }
  }

  private static Settings settings(int workers, int batchSize, int averagingFrequency) {
    return LocalSpark.settings(
        "training.epochs=" + EPOCHS,
        "training.workers=" + workers,
        "training.batch-size=" + batchSize,
        "training.averaging-frequency=" + averagingFrequency);
  }

  private static BestNetwork train(Settings settings, Shares shares, TrainingSet set) {
    return training(settings, shares, set).run(Console.silent(), epoch -> {});
  }

  private static CycleTraining training(Settings settings, Shares shares, TrainingSet set) {
    return new CycleTraining(
        LocalSpark.context(),
        settings,
        recipe(settings),
        0,
        set,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        run.scoring(shares),
        LocalSpark.shippedHadoop());
  }

  private static Recipe recipe(Settings settings) {
    return Recipe.of(settings, run.classes(), settings.training().workers());
  }

  private static MinibatchStream minibatches(
      Settings settings, Round round, int worker, TrainingShare share) {
    float[] weights = new float[run.classes()];
    Arrays.fill(weights, 1);
    return new MinibatchStream(
        recipe(settings), round, worker, share, weights, LocalSpark.hadoop());
  }

  private static double accuracy(Shares shares, NetworkSnapshot network) {
    return run.scoring(shares).accuracy(network, Split.VALIDATION).orElseThrow();
  }

  /** Both networks go on from the mean of their parameters and of their momentum. */
  private static void average(ComputationGraph one, ComputationGraph other) {
    INDArray parameters = one.params().add(other.params()).divi(2);
    INDArray momentum =
        one.getUpdater().getStateViewArray().add(other.getUpdater().getStateViewArray()).divi(2);
    for (ComputationGraph network : List.of(one, other)) {
      network.setParams(parameters);
      network.getUpdater().setStateViewArray(momentum);
    }
  }
}
