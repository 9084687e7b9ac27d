package io.syllabus.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TemperatureTest {

  // Odds of 4 to 1 are 2 to 1 at temperature 2, and 16 to 1 at a half.
  @Test
  void takesRootsAndPowersOfOdds() {
    float[] odds = {0.8f, 0.2f};
    assertThat(Temperature.soften(odds, 2))
        .containsExactly(new float[] {2 / 3f, 1 / 3f}, within(1e-6f));
    assertThat(Temperature.soften(odds, 0.5))
        .containsExactly(new float[] {16 / 17f, 1 / 17f}, within(1e-6f));
    assertThat(Temperature.soften(odds, 1)).isEqualTo(odds);
  }

  @Test
  void softensACertainClassToo() {
    float[] softened = Temperature.soften(new float[] {1, 0, 0}, 20);
    assertThat(softened[0]).isLessThan(1).isGreaterThan(softened[1]);
    assertThat(softened[1]).isEqualTo(softened[2]).isPositive();
  }

  @Property
  void isAProbabilityAndKeepsTheOrder(
      @ForAll @DoubleRange(min = 0.05, max = 20) double temperature, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] probabilities = random(random, 5);
    float[] softened = Temperature.soften(probabilities, temperature);
    double sum = 0;
    for (int c = 0; c < 5; c++) {
      sum += softened[c];
      for (int d = 0; d < 5; d++) {
        if (probabilities[c] < probabilities[d]) {
          assertThat(softened[c]).isLessThanOrEqualTo(softened[d]);
        }
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
  }

  // Truths drawn from probabilities, which are then sharpened: the fit finds how much.
  @Test
  void findsTheTemperatureThatUndoesASharpening() {
    for (double sharpened : new double[] {0.4, 1, 2.5}) {
      SplittableRandom random = new SplittableRandom(9);
      List<float[]> said = new ArrayList<>();
      List<Integer> truths = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        float[] probabilities = random(random, 4);
        truths.add(draw(probabilities, random));
        said.add(Temperature.soften(probabilities, sharpened));
      }
      double found = Temperature.fit(inverse -> slope(inverse, said, truths));
      assertThat(found).isCloseTo(1 / sharpened, within(0.04 / sharpened));
      assertThat(error(said, truths, found)).isLessThan(0.015);
      if (sharpened != 1) {
        assertThat(error(said, truths, 1)).isGreaterThan(0.05);
      }
    }
  }

  @Test
  void staysWithinItsLimitsWhereAllIsRightOrWrong() {
    List<float[]> said = List.of(new float[] {0.9f, 0.1f}, new float[] {0.2f, 0.8f});
    assertThat(Temperature.fit(inverse -> slope(inverse, said, List.of(0, 1))))
        .isBetween(0.05, 0.06);
    assertThat(Temperature.fit(inverse -> slope(inverse, said, List.of(1, 0))))
        .isBetween(19.0, 20.0);
  }

  private static double error(List<float[]> said, List<Integer> truths, double temperature) {
    Reliability reliability = new Reliability();
    for (int i = 0; i < said.size(); i++) {
      float[] softened = Temperature.soften(said.get(i), temperature);
      int label = 0;
      for (int c = 1; c < softened.length; c++) {
        label = softened[c] > softened[label] ? c : label;
      }
      reliability.add(softened[label], label == truths.get(i));
    }
    return reliability.expectedCalibrationError();
  }

  private static TemperatureSlope slope(double inverse, List<float[]> said, List<Integer> truths) {
    // In two parts, as workers do.
    TemperatureSlope one = new TemperatureSlope(inverse);
    TemperatureSlope other = new TemperatureSlope(inverse);
    for (int i = 0; i < said.size(); i++) {
      (i % 2 == 0 ? one : other).add(said.get(i), truths.get(i));
    }
    return one.merge(other);
  }

  private static float[] random(SplittableRandom random, int classes) {
    float[] probabilities = new float[classes];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      probabilities[c] = (float) Math.exp(3 * random.nextDouble());
      sum += probabilities[c];
    }
    for (int c = 0; c < classes; c++) {
      probabilities[c] /= (float) sum;
    }
    return probabilities;
  }

  private static int draw(float[] probabilities, SplittableRandom random) {
    double left = random.nextDouble();
    for (int c = 0; c < probabilities.length - 1; c++) {
      left -= probabilities[c];
      if (left < 0) {
        return c;
      }
    }
    return probabilities.length - 1;
  }
}
