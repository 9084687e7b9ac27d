package io.syllabus.benchmark;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.spark.train.PlainFit;

/** Training a network on random images against Deeplearning4j as it is shipped. */
final class ShippedRow {
  private static final int BATCH_SIZE = 64;

  private ShippedRow() {}

  static Row of(Architecture architecture) {
    String network = Rows.name(architecture);
    return new Row(
        "shipped/" + network,
        String.format("trains %s, against Deeplearning4j as shipped", network),
        Unit.IMAGES_A_SECOND,
        new TrainRow.Ours(architecture, BATCH_SIZE),
        new Shipped(architecture));
  }

  private record Shipped(Architecture architecture) implements Side {
    @Override
    public String description() {
      return "Deeplearning4j as shipped, without oneDNN, all threads";
    }

    @Override
    public Jvm jvm() {
      return Jvm.AS_SHIPPED;
    }

    @Override
    public Measurement measure(Setup setup) throws Exception {
      try (PlainFit fit = new PlainFit(architecture, BATCH_SIZE)) {
        return Measurement.of(setup.pace().imagesPerSecond(fit::train));
      }
    }
  }
}
