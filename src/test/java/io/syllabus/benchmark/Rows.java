package io.syllabus.benchmark;

import io.syllabus.config.NetworkSettings.Architecture;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** All rows. A new one is a class and a line here. */
final class Rows {
  private static final List<Row> ALL =
      List.of(
          TrainRow.of(Architecture.WIDE_RESNET_28_2, 64),
          TrainRow.of(Architecture.CNN_13, 64),
          TrainRow.of(Architecture.SMALL_CNN, 128),
          ShippedRow.of(Architecture.WIDE_RESNET_28_2),
          ShippedRow.of(Architecture.CNN_13),
          ShippedRow.of(Architecture.SMALL_CNN),
          ScoreRow.of(Architecture.WIDE_RESNET_28_2, 4_000),
          ScoreRow.of(Architecture.CNN_13, 2_000),
          ScoreRow.of(Architecture.SMALL_CNN, 10_000),
          RoundRow.row(),
          ScalingRow.ofScoring(Architecture.WIDE_RESNET_28_2, 4_000),
          ScalingRow.ofScoring(Architecture.SMALL_CNN, 50_000),
          ScalingRow.ofRounds(Architecture.WIDE_RESNET_28_2, 64),
          ScalingRow.ofRounds(Architecture.SMALL_CNN, 128),
          PipelineRow.row(),
          PercentileRow.row(),
          GrowthRow.row());

  private Rows() {}

  static Optional<Row> named(String name) {
    return ALL.stream().filter(row -> row.name().equals(name)).findFirst();
  }

  /** The rows' names and descriptions, a line each. */
  static String list() {
    return ALL.stream()
        .map(row -> String.format("%-26s %s", row.name(), row.description()))
        .collect(Collectors.joining("\n"));
  }

  static String names() {
    return ALL.stream().map(Row::name).collect(Collectors.joining(", "));
  }

  /** As settings name it: {@code small-cnn}. */
  static String name(Architecture architecture) {
    return architecture.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
