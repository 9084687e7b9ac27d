package io.syllabus.spark.session;

import io.syllabus.Text;
import io.syllabus.config.Settings;
import io.syllabus.config.SettingsException;
import io.syllabus.plan.AveragingSlices;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * What executors on a cluster get where nobody says, and what cannot work. A task is one worker: so
 * many native threads as it has cores, and the memory of its network and of what it exchanges.
 */
final class ExecutorSizing {
  private static final String CORES = "spark.executor.cores";
  private static final String MEMORY = "spark.executor.memory";
  private static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final String INSTANCES = "spark.executor.instances";
  private static final String TASK_CPUS = "spark.task.cpus";
  private static final String NATIVE_THREADS = "spark.executorEnv.OMP_NUM_THREADS";
  private static final String RESULTS = "spark.driver.maxResultSize";

  private static final long MEGABYTE = 1 << 20;
  // Java itself with Spark in it, and what Spark keeps for itself of it (300 MB).
  private static final long HEAP_OF_JAVA = 600 * MEGABYTE;
  // Loaded libraries, threads' stacks, buffers of the network: 384 MB is Spark's least, too.
  private static final long NATIVE_OF_JAVA = 384 * MEGABYTE;
  // Below Spark's own 60 % of the heap it keeps shards in memory.
  private static final double ROOM = 1.5;

  private ExecutorSizing() {}

  /**
   * Completes what Spark is told.
   *
   * @param driverBytes of Java's memory in this process
   * @throws SettingsException where something given is less than a task needs
   */
  static void complete(SparkConf conf, Settings settings, long driverBytes) {
    int cpus = conf.getInt(TASK_CPUS, 1);
    conf.setIfMissing(NATIVE_THREADS, String.valueOf(cpus));
    conf.setIfMissing(CORES, String.valueOf(cpus));
    int cores = conf.getInt(CORES, 1);
    int workers = settings.training().workers();
    if (workers > 0) {
      conf.setIfMissing(INSTANCES, String.valueOf((workers * cpus + cores - 1) / cores));
    }
    if (settings.network().weights().isPresent()) {
      return;
    }
    TaskMemory task = TaskMemory.of(settings);
    refuse(conf, task, cores, cpus);
    refuse(task, workers, driverBytes);
    int tasks = cores / cpus;
    conf.setIfMissing(MEMORY, megabytes(ROOM * (HEAP_OF_JAVA + tasks * task.heapBytes())));
    conf.setIfMissing(OVERHEAD, megabytes(NATIVE_OF_JAVA + ROOM * tasks * task.nativeBytes()));
    // What all workers of a round send may be more than Spark's 1 GB.
    conf.setIfMissing(RESULTS, megabytes(1024 * MEGABYTE + 2.0 * received(workers, task)));
  }

  private static void refuse(SparkConf conf, TaskMemory task, int cores, int cpus) {
    List<String> problems = new ArrayList<>();
    if (cpus > cores) {
      problems.add(
          Text.format(
              "%s = %s is more than an executor has (%s = %s): no task could run",
              TASK_CPUS, cpus, CORES, cores));
    }
    long heap = HEAP_OF_JAVA / 2 + task.heapBytes();
    if (conf.contains(MEMORY) && conf.getSizeAsBytes(MEMORY) < heap) {
      problems.add(tooLittle(conf, MEMORY, heap));
    }
    if (conf.contains(OVERHEAD) && conf.getSizeAsMb(OVERHEAD) * MEGABYTE < task.nativeBytes()) {
      problems.add(tooLittle(conf, OVERHEAD, task.nativeBytes()));
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
  }

  private static void refuse(TaskMemory task, int workers, long driverBytes) {
    long needed = HEAP_OF_JAVA / 2 + received(workers, task);
    if (driverBytes < needed) {
      throw new SettingsException(
          List.of(
              Text.format(
                  "The driver has %s of memory, and what it receives of %d workers in a round takes about %s:"
                      + " raise it with --driver-memory, or lower training.workers",
                  megabytes(driverBytes), workers, megabytes(needed))));
    }
  }

  // What the driver receives of a round at once.
  private static long received(int workers, TaskMemory task) {
    int some = Math.max(1, workers);
    return AveragingSlices.of(some, task.resultBytes()).driverBytes(some, task.resultBytes());
  }

  private static String tooLittle(SparkConf conf, String key, long bytes) {
    return Text.format(
        "%s = %s is less than one task takes, about %s: raise it, or lower training.batch-size or"
            + " scoring.batch-size",
        key, conf.get(key), megabytes(bytes));
  }

  private static String megabytes(long bytes) {
    return megabytes((double) bytes);
  }

  private static String megabytes(double bytes) {
    return Text.format("%.0fm", Math.ceil(bytes / MEGABYTE));
  }
}
