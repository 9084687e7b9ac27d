package io.syllabus.network.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramTest {
  private static final int VALUES = 4096;

  // Each sum needs the one before and a place of its own, whatever comes later.
  @Test
  void tensorsThatAreDoneGiveTheirPlaceToLaterOnes() {
    Program.Builder program = new Program.Builder();
    Tensor start = program.keep(Tensor.allocated(Tensor.rows(VALUES, 1, 1, 1)));
    start.write(ones());
    Tensor last = start;
    for (int i = 0; i < 10; i++) {
      last = Elementwise.SUM.append(program, last, start);
    }
    float[] result = new float[VALUES];
    Tensor end = last;
    program.add("read", () -> end.read(result), end);

    try (Program built = program.build()) {
      built.run();
      assertThat(result).containsOnly(11f);
      assertThat(built.bytes()).isLessThan(3L * VALUES * Float.BYTES);
    }
  }

  @Test
  void aTensorKeepsItsPlaceUntilItsLastReader() {
    Program.Builder program = new Program.Builder();
    Tensor start = program.keep(Tensor.allocated(Tensor.rows(VALUES, 1, 1, 1)));
    start.write(ones());
    Tensor two = Elementwise.SUM.append(program, start, start);
    Tensor four = Elementwise.SUM.append(program, two, two);
    Tensor eight = Elementwise.SUM.append(program, four, four);
    Tensor ten = Elementwise.SUM.append(program, eight, two);
    float[] result = new float[VALUES];
    program.add("read", () -> ten.read(result), ten);

    try (Program built = program.build()) {
      built.run();
    }
    assertThat(result).containsOnly(10f);
  }

  @Test
  void runsInTheOrderOfAppendingAndTellsWhatTookHowLong() {
    List<String> ran = new ArrayList<>();
    Program.Builder program = new Program.Builder();
    program.add("first", () -> ran.add("first"));
    program.add("second", () -> ran.add("second"));
    Map<String, Long> nanos = new HashMap<>();
    try (Program built = program.build()) {
      built.run(nanos);
    }
    assertThat(ran).containsExactly("first", "second");
    assertThat(nanos).containsOnlyKeys("first", "second");
  }

  private static float[] ones() {
    float[] ones = new float[VALUES];
    Arrays.fill(ones, 1);
    return ones;
  }
}
