package io.syllabus.spark;

import io.syllabus.Seeds;
import io.syllabus.config.NetworkSettings;
import io.syllabus.config.Settings;
import io.syllabus.config.TrainingSettings;
import io.syllabus.config.TrainingSettings.ClassWeights;
import io.syllabus.data.BadDataException;
import io.syllabus.data.Split;
import io.syllabus.network.BestNetwork;
import io.syllabus.network.CosineSchedule;
import io.syllabus.network.NetworkDesign;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.Sgd;
import io.syllabus.report.Console;
import io.syllabus.report.Progress;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Trains one cycle's network from fresh weights: epochs of averaging rounds, then validation. */
final class CycleTraining {
  private final JavaSparkContext context;
  private final TrainingSettings settings;
  private final Recipe recipe;
  private final int cycle;
  private final TrainingSet set;
  private final Scoring scoring;
  private final int minibatches;
  private final float[] classWeights;
  private final AveragingMaster master;
  private final SparkComputationGraph network;
  private final Broadcast<SerializableConfiguration> hadoop;

  /** What an epoch came to. */
  record Epoch(
      int epoch,
      double learningRate,
      double loss,
      double validationAccuracy,
      double trainSeconds,
      double imagesPerSecond) {}

  /**
   * Prepares a cycle.
   *
   * @throws BadDataException where a worker would have no example to train on
   */
  CycleTraining(
      JavaSparkContext context,
      Settings settings,
      Recipe recipe,
      int cycle,
      TrainingSet set,
      Scoring scoring,
      Broadcast<SerializableConfiguration> hadoop) {
    if (set.smallestShare() == 0) {
      throw new BadDataException(
          String.format(
              "%,d training images are too few for %d workers, one has none: lower"
                  + " training.workers",
              set.examples(), set.workers()));
    }
    this.context = context;
    this.settings = settings.training();
    this.recipe = recipe;
    this.cycle = cycle;
    this.set = set;
    this.scoring = scoring;
    this.minibatches = minibatchesAnEpoch(set.examples(), set.workers() * recipe.batchSize());
    this.classWeights =
        set.classWeights(cycle == 0 ? ClassWeights.NONE : this.settings.classWeights());
    NetworkDesign design = design(settings.network());
    this.master = new AveragingMaster(set.workers(), recipe.batchSize(), design);
    this.network = new SparkComputationGraph(context, design.fresh(), master);
    this.hadoop = hadoop;
  }

  /** Every worker trains as many, so that the last ones of an epoch may see images again. */
  private static int minibatchesAnEpoch(long examples, int together) {
    return (int) ((examples + together - 1) / together);
  }

  private NetworkDesign design(NetworkSettings network) {
    Sgd sgd =
        new Sgd(
            settings.learningRate(),
            settings.momentum(),
            settings.l2(),
            settings.epochs() * minibatches);
    return new NetworkDesign(
        network.architecture(),
        recipe.imageSize(),
        recipe.classes(),
        sgd,
        Seeds.derive(recipe.seed(), "network", cycle),
        network.engine());
  }

  /** The network as it is now. */
  ComputationGraph network() {
    return network.getNetwork();
  }

  /** How many images all workers together train on in an epoch. */
  long imagesAnEpoch() {
    return (long) minibatches * set.workers() * recipe.batchSize();
  }

  /**
   * Trains all epochs.
   *
   * @param console shows the progress of each
   * @param ended told of each
   */
  BestNetwork run(Console console, Consumer<Epoch> ended) {
    BestNetwork best = new BestNetwork();
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      String work = String.format("cycle %d: epoch %d of %d", cycle, epoch + 1, settings.epochs());
      context.setJobDescription(work);
      try (Progress progress = console.start(work, " images", imagesAnEpoch())) {
        Epoch result = epoch(epoch, progress, best);
        progress.note(String.format("validation %.2f %%", 100 * result.validationAccuracy()));
        ended.accept(result);
      }
    }
    return best;
  }

  private Epoch epoch(int epoch, Progress progress, BestNetwork best) {
    long began = System.nanoTime();
    double loss = rounds(epoch, progress);
    double seconds = (System.nanoTime() - began) / 1e9;
    NetworkSnapshot snapshot = NetworkSnapshot.of(network());
    double accuracy = scoring.accuracy(snapshot, Split.VALIDATION).orElseThrow();
    best.offer(snapshot, accuracy);
    return new Epoch(
        epoch + 1,
        learningRate((epoch + 1) * minibatches),
        loss,
        accuracy,
        seconds,
        imagesAnEpoch() / seconds);
  }

  private double learningRate(int step) {
    return new CosineSchedule(settings.learningRate(), settings.epochs() * minibatches)
        .valueAt(step, 0);
  }

  // The mean loss of the rounds' last minibatches.
  private double rounds(int epoch, Progress progress) {
    double loss = 0;
    int rounds = 0;
    for (int first = 0; first < minibatches; first += settings.averagingFrequency()) {
      int end = Math.min(minibatches, first + settings.averagingFrequency());
      train(new Round(cycle, epoch, first, end));
      loss += network.getScore();
      rounds++;
      progress.advanceTo((long) end * set.workers() * recipe.batchSize());
    }
    return loss / rounds;
  }

  private void train(Round round) {
    Recipe recipeOfRun = recipe;
    float[] weights = classWeights;
    Broadcast<SerializableConfiguration> configuration = hadoop;
    master.forMinibatches(round.minibatches());
    JavaRDD<MultiDataSet> stream =
        set.shares()
            .mapPartitionsWithIndex(
                (worker, shares) ->
                    new MinibatchStream(
                        recipeOfRun,
                        round,
                        worker,
                        shares.next(),
                        weights,
                        configuration.value().value()),
                true);
    network.fitMultiDataSet(stream);
    if (!Double.isFinite(network.getScore())) {
      throw new TrainingDivergedException(
          String.format(
              "Training diverged in cycle %d, epoch %d: the loss is %s; lower"
                  + " training.learning-rate (%s)",
              round.cycle(), round.epoch() + 1, network.getScore(), settings.learningRate()));
    }
  }
}
