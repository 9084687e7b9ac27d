package io.syllabus.spark.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.syllabus.Seeds;
import io.syllabus.Text;
import io.syllabus.config.NetworkSettings;
import io.syllabus.config.Settings;
import io.syllabus.config.TrainingSettings;
import io.syllabus.config.TrainingSettings.ClassWeights;
import io.syllabus.data.BadDataException;
import io.syllabus.data.Split;
import io.syllabus.network.BestNetwork;
import io.syllabus.network.Blueprint;
import io.syllabus.network.CosineSchedule;
import io.syllabus.network.NetworkDesign;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.network.OutputRegularizers;
import io.syllabus.network.Regularization;
import io.syllabus.network.Sgd;
import io.syllabus.report.Console;
import io.syllabus.report.Progress;
import io.syllabus.spark.score.Scoring;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;

/** Trains one cycle's network: epochs of averaging rounds, each followed by validation. */
final class CycleTraining {
  private final JavaSparkContext context;
  private final TrainingSettings settings;
  private final Recipe recipe;
  private final int cycle;
  private final TrainingSet set;
  private final Scoring scoring;
  private final int minibatches;
  private final MinibatchSource source;
  private final AveragingMaster master;
  private final SparkComputationGraph network;
  private final AveragedWeights average;
  private final SoftLabels softLabels;
  private final Optional<NetworkSnapshot> labeler;
  private BestNetwork best = new BestNetwork();
  private int epochsDone;

  /**
   * What an epoch came to.
   *
   * @param averagedValidationAccuracy of the averaged weights; empty where none joined them
   */
  record Epoch(
      int epoch,
      double learningRate,
      double loss,
      double validationAccuracy,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) OptionalDouble averagedValidationAccuracy,
      double trainSeconds,
      double imagesPerSecond) {}

  /**
   * Prepares a cycle.
   *
   * @param given what the network looks like; empty for the architecture of the settings
   * @param start whose parameters the network begins with; empty for fresh ones
   * @param labeler that says how probable each class is of a pool image, until the first epoch is
   *     over; empty where a pool image has one label
   * @throws BadDataException where a worker would have no example to train on
   */
  CycleTraining(
      JavaSparkContext context,
      Settings settings,
      Recipe recipe,
      int cycle,
      TrainingSet set,
      Optional<Blueprint> given,
      Optional<NetworkSnapshot> start,
      Optional<NetworkSnapshot> labeler,
      Scoring scoring,
      Broadcast<SerializableConfiguration> hadoop) {
    if (set.smallestShare() == 0) {
      throw new BadDataException(
          Text.format(
              "%,d training images are too few for %d workers, one has none: lower"
                  + " training.workers",
              set.examples(), set.workers()));
    }
    this.context = context;
    this.settings = settings.training();
    this.recipe = recipe.forSet(set.labeled(), set.examples());
    this.cycle = cycle;
    this.set = set;
    this.scoring = scoring;
    this.minibatches =
        this.settings.minibatchesPerEpoch() > 0
            ? this.settings.minibatchesPerEpoch()
            : this.recipe.passOver(set.workers(), set.labeled(), set.examples());
    float[] classWeights =
        set.classWeights(cycle == 0 ? ClassWeights.NONE : this.settings.classWeights());
    this.source = new MinibatchSource(this.recipe, classWeights, hadoop);
    NetworkDesign design = design(settings.network(), given);
    this.master = new AveragingMaster(set.workers(), recipe.batchSize(), design);
    this.network = new SparkComputationGraph(context, design.fresh(), master);
    start.ifPresent(snapshot -> snapshot.putInto(network()));
    this.average = new AveragedWeights(context, design, source);
    this.softLabels = new SoftLabels(context, set, scoring);
    this.labeler = labeler;
  }

  private NetworkDesign design(NetworkSettings network, Optional<Blueprint> given) {
    Sgd sgd =
        new Sgd(learningRate(), settings.momentum(), settings.l2(), settings.maxGradientNorm());
    Blueprint own =
        new Blueprint.Named(
            network.architecture(), recipe.imageSize(), recipe.classes(), regularization(network));
    long seed = Seeds.derive(recipe.seed(), "network", cycle);
    return new NetworkDesign(given.orElse(own), sgd, seed, network.engine());
  }

  private Regularization regularization(NetworkSettings network) {
    double own = Regularization.of(network.architecture()).dropout();
    return new Regularization(network.dropout().orElse(own), OutputRegularizers.of(settings));
  }

  /** The network as it is now. */
  ComputationGraph network() {
    return network.getNetwork();
  }

  /** How many images all workers together train on in an epoch. */
  long imagesAnEpoch() {
    return (long) minibatches * set.workers() * recipe.batchSize();
  }

  /** Where training stands, between two epochs. */
  TrainingState state() {
    return new TrainingState(
        epochsDone,
        RoundStart.of(network()),
        best.network(),
        best.validationAccuracy(),
        average.sum());
  }

  /** Goes on from where the same training stood. */
  void goOnFrom(TrainingState state) {
    epochsDone = state.epochs();
    state.network().putInto(network());
    best = new BestNetwork(state.best(), state.bestAccuracy());
    average.goOnFrom(state.average());
  }

  /**
   * Trains all epochs, or those that are left.
   *
   * @param console shows the progress of each
   * @param ended told of each
   */
  BestNetwork run(Console console, Consumer<Epoch> ended) {
    try (softLabels) {
      labelSoftly();
      for (int epoch = epochsDone; epoch < settings.epochs(); epoch++) {
        String work = Text.format("cycle %d: epoch %d of %d", cycle, epoch + 1, settings.epochs());
        context.setJobDescription(work);
        try (Progress progress = console.start(work, " images", imagesAnEpoch())) {
          Epoch result = epoch(epoch, progress);
          epochsDone = epoch + 1;
          progress.note(Text.format("validation %.2f %%", 100 * result.validationAccuracy()));
          ended.accept(result);
        }
      }
    }
    return best;
  }

  // The network labels as it was when the epoch before had ended.
  private void labelSoftly() {
    if (labeler.isPresent() && epochsDone < settings.epochs()) {
      softLabels.relabel(epochsDone == 0 ? labeler.orElseThrow() : NetworkSnapshot.of(network()));
    }
  }

  private Epoch epoch(int epoch, Progress progress) {
    long began = System.nanoTime();
    double loss = rounds(epoch, progress);
    double seconds = (System.nanoTime() - began) / 1e9;
    NetworkSnapshot snapshot = NetworkSnapshot.of(network());
    double accuracy = scoring.accuracy(snapshot, Split.VALIDATION).orElseThrow();
    best.offer(snapshot, accuracy);
    OptionalDouble averaged = averaged(epoch, snapshot);
    if (labeler.isPresent() && epoch + 1 < settings.epochs()) {
      softLabels.relabel(snapshot);
    }
    return new Epoch(
        epoch + 1,
        learningRate().valueAt((epoch + 1) * minibatches, 0),
        loss,
        accuracy,
        averaged,
        seconds,
        imagesAnEpoch() / seconds);
  }

  // The averaged network is a candidate beside the plain one.
  private OptionalDouble averaged(int epoch, NetworkSnapshot snapshot) {
    if (!settings.weightAveraging().includes(epoch + 1)) {
      return OptionalDouble.empty();
    }
    Round whole = new Round(cycle, epoch, 0, minibatches);
    NetworkSnapshot mean = average.add(snapshot, softLabels.shares(), whole);
    double accuracy = scoring.accuracy(mean, Split.VALIDATION).orElseThrow();
    best.offer(mean, accuracy);
    return OptionalDouble.of(accuracy);
  }

  private CosineSchedule learningRate() {
    return new CosineSchedule(
        settings.learningRate(),
        settings.warmUpEpochs() * minibatches,
        (long) settings.epochsToZero() * minibatches);
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
    master.forMinibatches(round.minibatches());
    network.fitMultiDataSet(
        new RoundMinibatches(softLabels.shares().rdd(), source, round).toJavaRDD());
    if (!Double.isFinite(network.getScore())) {
      throw new TrainingDivergedException(
          Text.format(
              "Training diverged in cycle %d, epoch %d: the loss is %s; lower"
                  + " training.learning-rate (%s)",
              round.cycle(), round.epoch() + 1, network.getScore(), settings.learningRate()));
    }
  }
}
