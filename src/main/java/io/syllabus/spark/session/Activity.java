package io.syllabus.spark.session;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;

/**
 * What Spark's scheduler has to do, and who does it.
 *
 * @param executors that live
 * @param running tasks on them
 * @param waiting tasks that none of them has begun
 * @param done of each stage in work: its number, and its tasks that ended well and badly
 * @param comesAndGoes whether executors are given back where there is nothing to do
 */
record Activity(int executors, int running, int waiting, List<Integer> done, boolean comesAndGoes) {
  /** While a session is being made. */
  static final Activity NONE = new Activity(0, 0, 0, List.of(), false);

  Activity {
    done = List.copyOf(done);
  }

  /** What it is now. */
  static Activity of(SparkContext context) {
    SparkStatusTracker tracker = context.statusTracker();
    // The driver is among them, and runs none.
    SparkExecutorInfo[] executors = tracker.getExecutorInfos();
    int running = Stream.of(executors).mapToInt(SparkExecutorInfo::numRunningTasks).sum();
    int waiting = 0;
    List<Integer> done = new ArrayList<>();
    for (int id : tracker.getActiveStageIds()) {
      if (tracker.getStageInfo(id).isDefined()) {
        SparkStageInfo stage = tracker.getStageInfo(id).get();
        waiting += stage.numTasks() - stage.numActiveTasks() - stage.numCompletedTasks();
        done.addAll(List.of(id, stage.numCompletedTasks(), stage.numFailedTasks()));
      }
    }
    return new Activity(
        executors.length - 1,
        running,
        waiting,
        done,
        context.conf().getBoolean("spark.dynamicAllocation.enabled", false));
  }
}
