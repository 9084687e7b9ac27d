package io.syllabus.spark;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a confidence takes in each of the two passes of an exact percentile. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConfidenceCountBenchmark {
  private static final int CONFIDENCES = 1 << 16;

  // All high bits, or the low bits of those whose high bits are 0.75's.
  @Param({"-1", "16192"})
  private int highBits;

  private final float[] confidences = drawn();

  private static float[] drawn() {
    SplittableRandom random = new SplittableRandom(1);
    float[] drawn = new float[CONFIDENCES];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (float) random.nextDouble();
    }
    return drawn;
  }

  @Benchmark
  @OperationsPerInvocation(CONFIDENCES)
  public Object count() {
    ConfidenceColumn.Counters counters = new ConfidenceColumn.Counters(highBits);
    for (float confidence : confidences) {
      counters.add(confidence);
    }
    return counters;
  }
}
