package io.syllabus.network.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final int VALUES = 2 * 16 * 25 * 25;

  private final float[] output = new float[VALUES];
  private final float[] gradient = new float[VALUES];

  @Test
  void keepsTheGivenPartAndScalesItUp() {
    run(0.75, 1);

    assertThat(output).containsOnly(0f, 1 / 0.75f);
    double kept = 0;
    for (float value : output) {
      kept += value > 0 ? 1 : 0;
    }
    // Five standard deviations of a binomial distribution.
    double deviation = Math.sqrt(0.75 * 0.25 / VALUES);
    assertThat(kept / VALUES).isEqualTo(0.75, within(5 * deviation));
  }

  @Test
  void passesTheGradientWhereItPassedTheValue() {
    run(0.5, 1);

    for (int i = 0; i < VALUES; i++) {
      assertThat(gradient[i]).isEqualTo(3 * output[i]);
    }
  }

  @Test
  void drawsAnewForEachSeedAndTheSameForTheSame() {
    run(0.5, 1);
    float[] first = output.clone();
    run(0.5, 2);
    assertThat(output).isNotEqualTo(first);
    run(0.5, 1);
    assertThat(output).isEqualTo(first);
  }

  /** Dropout of ones, and of a gradient of threes. */
  private void run(double retained, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tape tape = new Tape(0, 0);
    Tensor ones = filled(1);
    Tensor threes = filled(3);
    Tensor dropped = new Dropout(retained).append(tape, ones, () -> random);
    tape.program().add("read", () -> dropped.read(output), dropped);
    tape.addGradient(dropped, threes);
    tape.appendBackward();
    Tensor passed = tape.gradientOf(ones);
    tape.program().add("read", () -> passed.read(gradient), passed);
    try (Program program = tape.program().build()) {
      program.run();
    }
    ones.free();
    threes.free();
  }

  private static Tensor filled(float value) {
    Tensor tensor = Tensor.allocated(Tensor.rows(2, 16, 25, 25));
    float[] values = new float[VALUES];
    Arrays.fill(values, value);
    tensor.write(values);
    return tensor;
  }
}
