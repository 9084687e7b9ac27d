package io.syllabus.spark.session;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * The tasks that a session runs at once.
 *
 * @param executors processes that run them; 0 in local mode, where the driver does
 */
public record Slots(int count, int executors) {
  private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final String WAITING = "spark.scheduler.maxRegisteredResourcesWaitingTime";

  /**
   * Those that there are. On a cluster executors come one by one, and a run that began with fewer
   * workers would keep them: waits until there are as many slots as asked for, or until no more
   * come. It waits for the first of them until the session's watch ends the session.
   *
   * @param asked tasks at once; 0 for as many as there are
   * @throws SettingsException where there are too few
   * @throws IllegalStateException where the session is ended meanwhile
   */
  public static Slots await(SparkContext context, int asked) {
    if (context.isLocal()) {
      return enough(new Slots(context.defaultParallelism(), 0), asked, context.master());
    }
    long limit = TimeUnit.SECONDS.toMillis(context.conf().getTimeAsSeconds(WAITING, "60s"));
    Watch watch = new Watch(context);
    Waiting.until(() -> watch.look().executors > 0);
    Waiting.until(() -> asked > 0 ? watch.look().count >= asked : watch.isStable(), limit);
    Slots now = watch.look();
    return enough(now, asked, context.master());
  }

  /** What each executor has; empty in local mode. */
  public Optional<String> description(SparkConf conf) {
    if (executors == 0) {
      return Optional.empty();
    }
    return Optional.of(
        Text.format(
            "Executors: %d, each with %s of Java's memory and %s beside it, cores: %s; tasks at once:"
                + " %d, native threads of each: %s",
            executors,
            conf.get("spark.executor.memory", "1g"),
            conf.get("spark.executor.memoryOverhead", "a tenth"),
            conf.get("spark.executor.cores", "1"),
            count,
            conf.get("spark.task.cpus", "1")));
  }

  private static Slots enough(Slots slots, int asked, String master) {
    if (slots.count < asked) {
      throw new SettingsException(
          List.of(
              Text.format(
                  "training.workers = %d, but %s runs %d tasks at once: lower it, or give the job more"
                      + " cores and memory",
                  asked, master, slots.count)));
    }
    return slots;
  }

  // The driver is among the executors that Spark counts.
  private static Slots now(SparkContext context) {
    if (context.isStopped()) {
      throw new IllegalStateException("The session has ended while executors were coming");
    }
    SparkConf conf = context.conf();
    int executors = context.statusTracker().getExecutorInfos().length - 1;
    int each = conf.getInt("spark.executor.cores", 1) / conf.getInt("spark.task.cpus", 1);
    return new Slots(executors * each, executors);
  }

  /** Sees executors come. */
  private static final class Watch {
    private final SparkContext context;
    private Slots last;
    private long changed = System.nanoTime();

    Watch(SparkContext context) {
      this.context = context;
      last = now(context);
    }

    Slots look() {
      Slots found = now(context);
      if (!found.equals(last)) {
        last = found;
        changed = System.nanoTime();
      }
      return found;
    }

    boolean isStable() {
      return look().executors > 0 && System.nanoTime() - changed > STABLE_NANOS;
    }
  }
}
