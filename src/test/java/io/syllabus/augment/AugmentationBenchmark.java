package io.syllabus.augment;

import io.syllabus.config.TrainingSettings;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an image of 32×32 pixels takes to be augmented. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AugmentationBenchmark {
  private static final int SIZE = 32;

  @Param({"CROP", "CROP_FLIP", "HEAVY"})
  private TrainingSettings.Augmentation kind;

  private final byte[] image = new byte[3 * SIZE * SIZE];
  private final byte[] augmented = new byte[image.length];
  private final SplittableRandom random = new SplittableRandom(1);
  private Augmentation augmentation;

  @Setup
  public void draw() {
    random.nextBytes(image);
    augmentation = Augmentation.of(kind, Framing.of(SIZE), 1);
  }

  @Benchmark
  public byte[] image() {
    augmentation.apply(image, random, augmented);
    return augmented;
  }
}
