package io.syllabus.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void bringsAPieceOfWorkThatHasBegunToItsEnd() {
    AtomicInteger pieces = new AtomicInteger();

    double speed = new Pace(0, 1).imagesPerSecond(() -> slowPiece(pieces));

    // Two pieces of 0.6 seconds: the first ends before the second is over.
    assertThat(pieces).hasValue(2);
    assertThat(speed).isGreaterThan(0).isLessThan(2 * 100 / 1.2);
  }

  private static long slowPiece(AtomicInteger pieces) {
    try {
      Thread.sleep(600);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pieces.incrementAndGet();
    return 100;
  }
}
