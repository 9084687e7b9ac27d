package io.syllabus.plan;

import static io.syllabus.Checks.require;

import io.syllabus.config.CurriculumSettings;
import io.syllabus.config.Settings;
import io.syllabus.config.TrainingSettings;
import java.util.stream.LongStream;

/**
 * What a run does, counted in images.
 *
 * @param labeled with true labels
 * @param validation that measure each epoch
 * @param pool to be labeled
 * @param cycles after cycle 0
 * @param trained by all workers in all cycles, each image once an epoch
 * @param validated in all cycles
 * @param scored in all cycles, and once more for the labels
 * @param rounds of averaging in all cycles
 */
public record Workload(
    long labeled,
    long validation,
    long pool,
    int cycles,
    long trained,
    long validated,
    long scored,
    long rounds) {

  /**
   * With settings as they are; rules that admit by confidence are taken to admit what the
   * percentile does.
   */
  public static Workload of(Settings settings, long labeled, long validation, long pool) {
    require(
        labeled > 0 && validation > 0 && pool > 0,
        "labeled, validation and pool images must be positive, found: %s, %s and %s",
        labeled,
        validation,
        pool);
    TrainingSettings training = settings.training();
    CurriculumSettings curriculum = settings.curriculum();
    int step = curriculum.stepPercent();
    int cycles = Math.min((100 + step - 1) / step, curriculum.maxCycles());
    long minibatches =
        LongStream.rangeClosed(0, cycles)
            .map(cycle -> labeled + pool * Math.min(100, cycle * step) / 100)
            .map(examples -> anEpoch(training, examples))
            .sum();
    long epochs = (long) (cycles + 1) * training.epochs();
    return new Workload(
        labeled,
        validation,
        pool,
        cycles,
        minibatches * training.epochs() * training.batchSize(),
        epochs * validation,
        (cycles + 1) * pool,
        minibatches * training.epochs() / training.averagingFrequency());
  }

  // Where each minibatch has a number of true labels, what is left for the others makes the pass.
  private static long anEpoch(TrainingSettings training, long examples) {
    if (training.minibatchesPerEpoch() > 0) {
      return training.minibatchesPerEpoch();
    }
    int others = training.batchSize() - training.labeledPerMinibatch();
    return (examples + others - 1) / others;
  }

  /** All images. */
  long images() {
    return labeled + validation + pool;
  }
}
