package io.syllabus.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Setup SETUP =
      new Setup(new Pace(0, 1), Optional.empty(), Generated.in(Path.of("none")));

  @Test
  void measuresTheSidesInTurns() throws Exception {
    List<Which> order = new ArrayList<>();
    List<String> said = new ArrayList<>();

    Result result =
        new Comparison(row(new FixedSide("PyTorch", 1)), SETUP, 2)
            .run(
                (row, which, setup) -> {
                  order.add(which);
                  return Measurement.of(order.size());
                },
                said::add);

    assertThat(order).containsExactly(Which.OURS, Which.PEER, Which.OURS, Which.PEER);
    assertThat(result.oursSamples().values()).containsExactly(1.0, 3.0);
    assertThat(result.peerSamples().values()).containsExactly(2.0, 4.0);
    assertThat(result.ratioSamples().values()).containsExactly(0.5, 0.75);
    assertThat(said)
        .containsExactly(
            "1 of 2: ours 1.00, peer 2.00 images/s, ratio 0.500",
            "2 of 2: ours 3.00, peer 4.00 images/s, ratio 0.750");
  }

  @Test
  void saysWhatTheMachineLacksBeforeItMeasures() {
    Row row = row(new FixedSide("PyTorch", 1, Optional.of("install python3-torch")));

    assertThatThrownBy(
            () -> new Comparison(row, SETUP, 1).run((r, w, s) -> Measurement.of(1), line -> {}))
        .isInstanceOf(BenchmarkException.class)
        .hasMessage("install python3-torch");
  }

  @Test
  void theRatioIsAboveOneWhereOursIsFaster() {
    assertThat(Unit.IMAGES_A_SECOND.ratio(30, 20)).isEqualTo(1.5);
    assertThat(Unit.SECONDS.ratio(20, 30)).isEqualTo(1.5);
  }

  private static Row row(Side peer) {
    return new Row("row", "a row", Unit.IMAGES_A_SECOND, new FixedSide("Syllabus", 1), peer);
  }
}
