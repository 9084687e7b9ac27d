package io.syllabus.spark.session;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do. */
final class Waiting {
  private static final long POLL_MILLIS = 100;

  private Waiting() {}

  /** Until it is so, but no longer than the limit. */
  static void until(BooleanSupplier condition, long limitMillis) {
    long began = System.nanoTime();
    long limit = TimeUnit.MILLISECONDS.toNanos(limitMillis);
    until(() -> condition.getAsBoolean() || System.nanoTime() - began >= limit);
  }

  /** Until it is so. */
  static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while executors were coming", e);
      }
    }
  }
}
