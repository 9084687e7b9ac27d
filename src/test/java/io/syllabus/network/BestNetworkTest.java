package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BestNetworkTest {
  private final NetworkSnapshot first = NetworkSnapshot.of(Networks.small(1));
  private final NetworkSnapshot second = NetworkSnapshot.of(Networks.small(2));
  private final BestNetwork best = new BestNetwork();

  @Test
  void keepsTheMostAccurate() {
    best.offer(first, 0.5);
    best.offer(second, 0.4);
    assertThat(best.network()).isSameAs(first);
    assertThat(best.validationAccuracy()).isEqualTo(0.5);
  }

  @Test
  void ofEqualsKeepsTheLatest() {
    best.offer(first, 0.5);
    best.offer(second, 0.5);
    assertThat(best.network()).isSameAs(second);
  }

  @Test
  void keepsANetworkThatGetsNothingRight() {
    best.offer(first, 0);
    assertThat(best.network()).isSameAs(first);
    assertThat(best.validationAccuracy()).isZero();
  }
}
