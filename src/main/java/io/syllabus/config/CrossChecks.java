package io.syllabus.config;

import io.syllabus.Text;
import io.syllabus.config.DataSettings.Generate;
import io.syllabus.config.DataSettings.Split;
import java.util.stream.Stream;

/** The rules over more than one key. */
final class CrossChecks {
  private CrossChecks() {}

  static void check(Settings settings, Problems problems) {
    checkSources(settings.data(), problems);
    checkPool(settings.data(), problems);
    checkGenerated(settings.data(), problems);
    checkSizes(settings.data(), problems);
    checkWorkers(settings, problems);
    checkEpochs(settings.training(), problems);
    checkShares(settings.publish(), problems);
  }

  private static void checkSources(DataSettings data, Problems problems) {
    boolean generates = data.generate().trainPerClass() > 0;
    long kinds =
        Stream.of(data.dataset().isPresent(), data.labeled().isPresent(), generates)
            .filter(present -> present)
            .count();
    String[] keys = {"data.dataset", "data.labeled", "data.generate.train-per-class"};
    problems.require(
        kinds > 0,
        "there is no training data: set data.dataset, data.labeled or"
            + " data.generate.train-per-class",
        keys);
    problems.require(
        kinds < 2,
        "data.dataset, data.labeled and data.generate.train-per-class exclude each other: set one",
        keys);
    problems.require(
        data.test().isEmpty() || (data.dataset().isEmpty() && !generates),
        "data.test must not be set with data.dataset or data.generate.train-per-class, which bring"
            + " their own test images",
        "data.test",
        "data.dataset",
        "data.generate.train-per-class");
    problems.require(
        data.validation().isEmpty() || data.split().validationPerClass() == 0,
        "data.validation and data.split.validation-per-class exclude each other: set one",
        "data.validation",
        "data.split.validation-per-class");
  }

  private static void checkPool(DataSettings data, Problems problems) {
    Split split = data.split();
    problems.require(
        data.unlabeled().isPresent() || split.hidesLabels(),
        "the pool is empty: set data.unlabeled or data.split.pool-per-class",
        "data.unlabeled",
        "data.split.pool-per-class",
        "data.split.rest-is-pool");
    problems.require(
        data.unlabeled().isEmpty() || !split.hidesLabels(),
        "data.unlabeled and data.split.pool-per-class exclude each other: set one",
        "data.unlabeled",
        "data.split.pool-per-class",
        "data.split.rest-is-pool");
    problems.require(
        split.unlabeledClasses().isEmpty() || split.hidesLabels(),
        "data.split.unlabeled-classes needs data.split.pool-per-class above 0",
        "data.split.unlabeled-classes",
        "data.split.pool-per-class");
    problems.require(
        split.labeledClasses().size() != 1,
        "data.split.labeled-classes must name two classes or more",
        "data.split.labeled-classes");
    problems.require(
        !split.hidesLabels() || split.labeledPerClass() > 0,
        "data.split.pool-per-class needs data.split.labeled-per-class above 0, which otherwise takes"
            + " all images",
        "data.split.pool-per-class",
        "data.split.labeled-per-class");
  }

  private static void checkSizes(DataSettings data, Problems problems) {
    problems.require(
        data.sideStored() >= data.imageSize(),
        Text.format(
            "data.stored-size must be 0 or at least data.image-size (%s), found: %s",
            data.imageSize(), data.storedSize()),
        "data.stored-size",
        "data.image-size");
  }

  private static void checkGenerated(DataSettings data, Problems problems) {
    Generate generate = data.generate();
    Split split = data.split();
    problems.require(
        generate.testPerClass() == 0 || generate.trainPerClass() > 0,
        "data.generate.test-per-class needs data.generate.train-per-class above 0",
        "data.generate.test-per-class",
        "data.generate.train-per-class");
    // Where the labeled images are all that remain, one at least must remain.
    long taken =
        Math.max(1L, split.labeledPerClass()) + split.validationPerClass() + split.poolPerClass();
    problems.require(
        generate.trainPerClass() == 0 || taken <= generate.trainPerClass(),
        Text.format(
            "data.generate.train-per-class must be at least data.split.labeled-per-class,"
                + " validation-per-class and pool-per-class together (%s), found: %s",
            taken, generate.trainPerClass()),
        "data.generate.train-per-class",
        "data.split.labeled-per-class",
        "data.split.validation-per-class",
        "data.split.pool-per-class");
  }

  private static void checkEpochs(TrainingSettings training, Problems problems) {
    problems.require(
        training.warmUpEpochs() < training.epochs(),
        Text.format(
            "training.warm-up-epochs must be below training.epochs (%s), found: %s",
            training.epochs(), training.warmUpEpochs()),
        "training.warm-up-epochs",
        "training.epochs");
    int startEpoch = training.weightAveraging().startEpoch();
    problems.require(
        startEpoch <= training.epochs(),
        Text.format(
            "training.weight-averaging.start-epoch must be at most training.epochs (%s), found: %s",
            training.epochs(), startEpoch),
        "training.weight-averaging.start-epoch",
        "training.epochs");
    problems.require(
        training.epochsToZero() >= training.epochs(),
        Text.format(
            "training.decay-epochs must be 0 or at least training.epochs (%s), found: %s",
            training.epochs(), training.decayEpochs()),
        "training.decay-epochs",
        "training.epochs");
  }

  private static void checkShares(PublishSettings publish, Problems problems) {
    problems.require(
        publish.maxShareRatio() == 0 || publish.maxShareRatio() >= 1,
        Text.format(
            "publish.max-share-ratio must be 0 or at least 1, found: %s", publish.maxShareRatio()),
        "publish.max-share-ratio");
  }

  private static void checkWorkers(Settings settings, Problems problems) {
    int workers = settings.training().workers();
    int shards = settings.data().shards();
    int batchSize = settings.training().batchSize();
    problems.require(
        workers <= shards,
        Text.format(
            "data.shards must be at least training.workers (%s), found: %s", workers, shards),
        "training.workers",
        "data.shards");
    problems.require(
        settings.training().labeledPerMinibatch() < batchSize,
        Text.format(
            "training.labeled-per-minibatch must be below training.batch-size (%s), found: %s",
            batchSize, settings.training().labeledPerMinibatch()),
        "training.labeled-per-minibatch",
        "training.batch-size");
    problems.require(
        batchSize >= 2 * workers,
        Text.format(
            "training.batch-size must give each of training.workers at least 2 images (%s), found: %s",
            2 * workers, batchSize),
        "training.workers",
        "training.batch-size");
  }
}
