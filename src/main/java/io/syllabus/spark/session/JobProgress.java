package io.syllabus.spark.session;

import io.syllabus.report.Progress;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;
import scala.collection.JavaConverters;

/**
 * Shows how far running tasks are. Tasks count what they have done with {@link #counter}, Spark
 * brings the counts along with the executors' heartbeats.
 */
public final class JobProgress extends SparkListener implements AutoCloseable {
  private final SparkContext context;
  private final Progress progress;
  private final LongAccumulator counter;
  private final String name = "progress-" + UUID.randomUUID();
  private final ConcurrentHashMap<Long, Long> doneByTask = new ConcurrentHashMap<>();

  public JobProgress(SparkContext context, Progress progress) {
    this.context = context;
    this.progress = progress;
    this.counter = context.longAccumulator(name);
    context.addSparkListener(this);
  }

  /** For tasks to add to. */
  public LongAccumulator counter() {
    return counter;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    JavaConverters.seqAsJavaList(update.accumUpdates())
        .forEach(task -> record((Long) task._1(), task._4()));
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    record(end.taskInfo().taskId(), end.taskInfo().accumulables().toSeq());
  }

  private void record(long task, scala.collection.Seq<AccumulableInfo> counts) {
    for (AccumulableInfo count : JavaConverters.seqAsJavaList(counts)) {
      if (count.name().contains(name) && count.update().isDefined()) {
        doneByTask.put(task, ((Number) count.update().get()).longValue());
        progress.advanceTo(doneByTask.values().stream().mapToLong(Long::longValue).sum());
      }
    }
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
    progress.close();
  }
}
