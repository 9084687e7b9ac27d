package io.syllabus.select;

import io.syllabus.select.CountingPass.Prefix;
import java.util.List;
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

  @Param({"first", "second"})
  private String pass;

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
    // All by their high bits, or those with the high bits of 0.75 by their low bits.
    CountingPass counting =
        pass.equals("first")
            ? new CountingPass(1, List.of(new Prefix(0, 0)), 0, 16)
            : new CountingPass(1, List.of(new Prefix(0, 0x3f40)), 16, 16);
    long[] counts = counting.newCounts();
    for (float confidence : confidences) {
      counting.add(0, confidence, counts);
    }
    return counts;
  }
}
