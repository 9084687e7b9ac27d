package io.syllabus.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures both sides of a row in turns, so that what slows the machine slows both. */
record Comparison(Row row, Setup setup, int repetitions) {

  /** Measures one side once. */
  @FunctionalInterface
  interface Meter {
    Measurement measure(Row row, Which which, Setup setup)
        throws BenchmarkException, IOException, InterruptedException;
  }

  /**
   * Measures all repetitions: ours, peer, ours, peer and so on.
   *
   * @param said told of each repetition
   * @throws BenchmarkException where the machine lacks something, or a measurement fails
   */
  Result run(Meter meter, Consumer<String> said)
      throws BenchmarkException, IOException, InterruptedException {
    checkThatNothingIsMissing();
    Map<Which, List<Measurement>> measured = new EnumMap<>(Which.class);
    for (Which which : Which.values()) {
      measured.put(which, new ArrayList<>());
    }
    for (int i = 0; i < repetitions; i++) {
      for (Which which : Which.values()) {
        measured.get(which).add(meter.measure(row, which, setup));
      }
      double ours = measured.get(Which.OURS).get(i).value();
      double peer = measured.get(Which.PEER).get(i).value();
      said.accept(
          String.format(
              Locale.ROOT,
              "%d of %d: ours %.2f, peer %.2f %s, ratio %.3f",
              i + 1,
              repetitions,
              ours,
              peer,
              row.unit().text(),
              row.unit().ratio(ours, peer)));
    }
    return new Result(row, measured.get(Which.OURS), measured.get(Which.PEER));
  }

  private void checkThatNothingIsMissing() throws BenchmarkException {
    for (Which which : Which.values()) {
      Optional<String> missing = which.of(row).missing();
      if (missing.isPresent()) {
        throw new BenchmarkException(missing.get());
      }
    }
  }
}
