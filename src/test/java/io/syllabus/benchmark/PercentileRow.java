package io.syllabus.benchmark;

import io.syllabus.spark.score.ConfidenceTable;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The percentile of a table of confidences against Spark's approximate one, in small heaps. */
final class PercentileRow {
  private static final long ROWS = 100_000_000;

  private PercentileRow() {}

  static Row row() {
    return new Row(
        "percentile",
        String.format("finds a percentile of %,d confidences in a table, heap 512 MB", ROWS),
        Unit.SECONDS,
        new OfTable("Syllabus, exact", ConfidenceTable::exact),
        new OfTable("Spark's percentile_approx", ConfidenceTable::approximate));
  }

  private record OfTable(String description, ToDoubleFunction<ConfidenceTable> percentile)
      implements Side {

    @Override
    public Jvm jvm() {
      return Jvm.SMALL_HEAP;
    }

    @Override
    public void prepare(Setup setup) {
      Path table = table(setup);
      if (!table.toFile().exists()) {
        ConfidenceTable.write(table, rows(setup));
      }
    }

    @Override
    public Measurement measure(Setup setup) {
      double[] found = new double[1];
      try (ConfidenceTable table = new ConfidenceTable(table(setup))) {
        long rows = rows(setup);
        double rowsPerSecond =
            setup
                .pace()
                .imagesPerSecond(
                    () -> {
                      found[0] = percentile.applyAsDouble(table);
                      return rows;
                    });
        return new Measurement(rows / rowsPerSecond, Map.of("the percentile", found[0]));
      }
    }

    private static Path table(Setup setup) {
      return setup.generated().folder().resolve("confidences");
    }

    private static long rows(Setup setup) {
      return setup.generated().rows().orElse(ROWS);
    }
  }
}
