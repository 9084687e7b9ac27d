package io.syllabus.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against what src/test/python/pillow_operations.py drew with Pillow. */
class OperationTest {
  private static final int SIZE = 24;

  // The sheet has the operations in their order.
  private static final List<Operation> ROWS = List.of(Operation.values());

  // Pillow computes the smoothed image in single precision.
  private static final int ROUNDING = 1;

  @ParameterizedTest
  @EnumSource
  void doesAsPillowAtEveryLevel(Operation operation) throws IOException {
    for (String name : List.of("colorful", "pale")) {
      byte[] image = Rgb.of(read(name), 0, 0, SIZE);
      BufferedImage sheet = read(name + "-operations");
      for (int column = 0; column < 2 * Operation.LEVELS; column++) {
        int level = column % Operation.LEVELS;
        boolean otherSide = column >= Operation.LEVELS;
        byte[] expected = Rgb.of(sheet, column, ROWS.indexOf(operation), SIZE);
        byte[] found = operation.apply(image, SIZE, operation.magnitude(level, otherSide));
        assertThat(greatestDifference(found, expected))
            .as("%s, level %d, other side %s", name, level, otherSide)
            .isLessThanOrEqualTo(operation == Operation.SHARPNESS ? ROUNDING : 0);
      }
    }
  }

  @Test
  void changesNothingWhereTheLevelSaysSo() throws IOException {
    byte[] image = Rgb.of(read("colorful"), 0, 0, SIZE);
    assertThat(
            List.of(
                Operation.SHEAR_X,
                Operation.SHEAR_Y,
                Operation.TRANSLATE_X,
                Operation.TRANSLATE_Y,
                Operation.ROTATE,
                Operation.SOLARIZE))
        .allSatisfy(
            operation ->
                assertThat(operation.apply(image, SIZE, operation.magnitude(0, true)))
                    .isEqualTo(image));
  }

  @Property
  void leavesTheImageItselfAlone(
      @ForAll Operation operation,
      @ForAll @IntRange(min = 2, max = 40) int size,
      @ForAll @IntRange(min = 0, max = 9) int level,
      @ForAll boolean otherSide) {
    byte[] image = new byte[3 * size * size];
    new SplittableRandom(size).nextBytes(image);
    byte[] before = image.clone();
    byte[] changed = operation.apply(image, size, operation.magnitude(level, otherSide));
    assertThat(image).isEqualTo(before);
    assertThat(changed).hasSameSizeAs(image).isNotSameAs(image);
  }

  @ParameterizedTest
  @EnumSource(names = {"SHEAR_X", "SHEAR_Y", "TRANSLATE_X", "TRANSLATE_Y", "ROTATE"})
  void goesAsFarToEitherSide(Operation operation) {
    for (int level = 1; level < Operation.LEVELS; level++) {
      double magnitude = operation.magnitude(level, false);
      assertThat(magnitude).isPositive();
      assertThat(operation.magnitude(level, true)).isEqualTo(-magnitude);
    }
  }

  @Test
  void refusesALevelOfTen() {
    assertThatThrownBy(() -> Operation.ROTATE.magnitude(10, false))
        .hasMessage("a level is 0 to 9, found: 10");
  }

  private static BufferedImage read(String name) throws IOException {
    return ImageIO.read(OperationTest.class.getResource(name + ".png"));
  }

  private static int greatestDifference(byte[] one, byte[] other) {
    int greatest = 0;
    for (int i = 0; i < one.length; i++) {
      greatest = Math.max(greatest, Math.abs((one[i] & 0xff) - (other[i] & 0xff)));
    }
    return greatest;
  }

  /** One tile of a sheet. */
  private static final class Rgb {
    static byte[] of(BufferedImage sheet, int column, int row, int size) {
      int[] pixels = sheet.getRGB(column * size, row * size, size, size, null, 0, size);
      byte[] rgb = new byte[3 * pixels.length];
      for (int i = 0; i < pixels.length; i++) {
        rgb[3 * i] = (byte) (pixels[i] >> 16);
        rgb[3 * i + 1] = (byte) (pixels[i] >> 8);
        rgb[3 * i + 2] = (byte) pixels[i];
      }
      return rgb;
    }
  }
}
