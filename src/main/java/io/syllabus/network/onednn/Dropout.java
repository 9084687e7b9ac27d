package io.syllabus.network.onednn;

import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Inverted dropout, in training (Srivastava et al.: "Dropout", JMLR 2014).
 *
 * @param retained probability that a value stays, which is then divided by it; above 0
 */
record Dropout(double retained) implements Operation {
  // Of each random number of 64 bits, four values of 16 bits decide about a value each.
  private static final int DECISIONS = 4;
  private static final int BITS = 16;

  /**
   * Appends dropout of an input of any shape.
   *
   * @param random the generator of the step that is run
   */
  Tensor append(Tape tape, Tensor input, Supplier<SplittableRandom> random) {
    Tensor mask = Tensor.of(input.layout());
    float[] values = new float[Math.toIntExact(input.bytes() / Float.BYTES)];
    tape.program()
        .add(
            "dropout mask",
            () -> {
              draw(values, random.get());
              mask.write(values);
            },
            mask);
    return tape.onBackward(
        Elementwise.PRODUCT.append(tape.program(), input, mask),
        gradient ->
            tape.addGradient(
                input,
                Elementwise.PRODUCT.append(
                    tape.program(), tape.program().in(gradient, input.layout()), mask)));
  }

  private void draw(float[] mask, SplittableRandom random) {
    float scale = (float) (1 / retained);
    long bound = Math.round(retained * (1 << BITS));
    for (int first = 0; first < mask.length; first += DECISIONS) {
      long bits = random.nextLong();
      for (int i = first; i < Math.min(mask.length, first + DECISIONS); i++) {
        mask[i] = (bits & 0xffff) < bound ? scale : 0;
        bits >>>= BITS;
      }
    }
  }
}
