package io.syllabus.job;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.LoggerFactory;

/** What a job does when its process is told to stop, by Ctrl-C or SIGTERM. */
final class Interruption {
  // Spark ends the session at 40 and Hadoop closes its file systems at 10; the greatest is first.
  private static final int PRIORITY = 100;
  private static final long LIMIT_SECONDS = 20;
  private static final long GRACE_SECONDS = 10;

  private Interruption() {}

  /** Work that may be interrupted. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /**
   * Does the work. If the process is told to stop meanwhile, another thread stops the work, gives
   * it a few seconds to end, and says farewell.
   */
  static void during(Work work, Runnable stop, Runnable farewell) throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    Runnable hook =
        () -> {
          stop.run();
          awaitQuietly(ended);
          farewell.run();
        };
    ShutdownHookManager hooks = ShutdownHookManager.get();
    hooks.addShutdownHook(hook, PRIORITY, LIMIT_SECONDS, TimeUnit.SECONDS);
    try {
      work.run();
    } finally {
      ended.countDown();
      if (!isUnderWay()) {
        hooks.removeShutdownHook(hook);
      }
    }
  }

  private static void awaitQuietly(CountDownLatch ended) {
    try {
      if (!ended.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        LoggerFactory.getLogger(Interruption.class).warn("What was under way has not ended yet");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the process is about to end. */
  static boolean isUnderWay() {
    return ShutdownHookManager.get().isShutdownInProgress();
  }
}
