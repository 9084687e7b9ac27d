package io.syllabus.spark.session;

import io.syllabus.Text;
import io.syllabus.config.ClusterSettings;
import io.syllabus.config.NetworkSettings.Device;
import io.syllabus.config.Settings;
import io.syllabus.config.SettingsException;
import io.syllabus.config.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Starts Spark as Syllabus needs it. */
public final class Sessions {
  // Each is there where spark-submit has started the driver, by its version and mode.
  private static final List<String> SUBMITTED =
      List.of("spark.app.submitTime", "spark.submit.deployMode", "spark.jars");
  private static final String PLUGINS = "spark.plugins";
  private static final String HADOOP = "spark.hadoop.";

  // Of tables that are joined where no run says how many shards there are.
  private static final int SHUFFLE_PARTITIONS = 16;

  static {
    OwnNames.complete(System.getenv());
    CodecLibraries.settle();
  }

  private Sessions() {}

  /** Hadoop's configuration as a session has it that no settings are given to. */
  public static Configuration hadoop() {
    return hadoop(Map.of());
  }

  /**
   * Hadoop's configuration as a session has it, for what comes before the session: its files on the
   * class path, where launchers put HADOOP_CONF_DIR, and over them what Spark is told.
   *
   * @param settings of which those under {@code spark.hadoop} are taken
   */
  public static Configuration hadoop(Map<String, String> settings) {
    Configuration hadoop = new Configuration();
    for (Tuple2<String, String> setting : conf(settings).getAllWithPrefix(HADOOP)) {
      hadoop.set(setting._1(), setting._2());
    }
    return hadoop;
  }

  // What spark-submit was given is there already.
  private static SparkConf conf(Map<String, String> settings) {
    SparkConf conf = new SparkConf();
    settings.forEach(conf::setIfMissing);
    // Hadoop has eight tries, over a minute, and in each of them Amazon's library by default 20: a
    // server that is gone would be asked for more than ten minutes.
    conf.setIfMissing(HADOOP + "fs.s3a.attempts.maximum", "3");
    return conf;
  }

  /**
   * A session; on a cluster its executors are made for the work. What {@code spark-submit} was
   * given goes over the settings, they go over what Syllabus prefers.
   *
   * @param name of the application
   * @param watch that ends it where it waits for longer than the settings say
   * @throws SettingsException where an executor would have less than a task needs, or where the
   *     cluster takes no job
   */
  public static SparkSession start(Settings settings, String name, ClusterWatch watch) {
    return start(settings, name, conf -> {}, watch);
  }

  /**
   * The same; in local mode with a folder for work files that nobody cleans up, if it is on a local
   * disk and the settings name no other.
   *
   * @param work the folder, fully qualified
   */
  public static SparkSession start(
      Settings settings, String name, String work, ClusterWatch watch) {
    return start(settings, name, conf -> WorkFolder.prefer(work, conf), watch);
  }

  private static SparkSession start(
      Settings settings, String name, Consumer<SparkConf> onThisMachine, ClusterWatch watch) {
    return start(
        settings.spark(),
        settings.cluster(),
        settings.data().shards(),
        name,
        Optional.of(settings.network().device()),
        onThisMachine,
        conf -> ExecutorSizing.complete(conf, settings, Runtime.getRuntime().maxMemory()),
        watch);
  }

  /**
   * A session for work on tables.
   *
   * @param settings what Spark is told, keys with their {@code spark.} prefix
   */
  public static SparkSession start(
      Map<String, String> settings, ClusterSettings cluster, String name, ClusterWatch watch) {
    return start(settings, cluster, name, Optional.empty(), conf -> {}, watch);
  }

  /** The same for a job that is told nothing of its cluster. */
  public static SparkSession start(Map<String, String> settings, String name, ClusterWatch watch) {
    return start(settings, SettingsReader.cluster(Map.of()), name, watch);
  }

  /**
   * A session for work with the network of a run that is known later.
   *
   * @param work the folder for work files, as above
   */
  public static SparkSession startToCompute(String name, String work, ClusterWatch watch) {
    return start(
        Map.of(),
        SettingsReader.cluster(Map.of()),
        name,
        Optional.of(Device.AUTO),
        conf -> WorkFolder.prefer(work, conf),
        watch);
  }

  private static SparkSession start(
      Map<String, String> settings,
      ClusterSettings cluster,
      String name,
      Optional<Device> device,
      Consumer<SparkConf> onThisMachine,
      ClusterWatch watch) {
    return start(
        settings, cluster, SHUFFLE_PARTITIONS, name, device, onThisMachine, conf -> {}, watch);
  }

  /** Where spark-submit has the job run; empty where it was not submitted. */
  public static Optional<String> submittedTo() {
    SparkConf conf = conf(Map.of());
    return isSubmitted(conf) && conf.contains("spark.master")
        ? Optional.of(conf.get("spark.master"))
        : Optional.empty();
  }

  private static boolean isSubmitted(SparkConf conf) {
    return SUBMITTED.stream().anyMatch(conf::contains);
  }

  // Executors would look for Syllabus in vain.
  private static void requireSubmitted(SparkConf conf, String master) {
    if (!isSubmitted(conf)) {
      throw new SettingsException(
          List.of(
              Text.format(
                  "spark.master = %s is a cluster, to which jobs are submitted: give --master %s"
                      + " instead",
                  master, master)));
    }
  }

  private static void settle(SparkConf conf, Device asked) {
    conf.set(DevicePlugin.ASKED, asked.name());
    plug(conf, DevicePlugin.class);
    if (conf.contains("spark.executor.resource.gpu.amount")) {
      // One executor a GPU, one task at a time on it.
      conf.setIfMissing("spark.task.resource.gpu.amount", "1");
    }
  }

  private static void plug(SparkConf conf, Class<? extends SparkPlugin> plugin) {
    String others = conf.get(PLUGINS, "");
    conf.set(PLUGINS, (others.isEmpty() ? "" : others + ",") + plugin.getName());
  }

  private static SparkSession start(
      Map<String, String> settings,
      ClusterSettings cluster,
      int shufflePartitions,
      String name,
      Optional<Device> device,
      Consumer<SparkConf> onThisMachine,
      Consumer<SparkConf> onCluster,
      ClusterWatch watch) {
    SparkConf conf = conf(settings).setAppName(name);
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    conf.setIfMissing(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.sql.shuffle.partitions", String.valueOf(shufflePartitions));
    // The state of a table's log is a few files here; Delta's default of 50 tasks is for thousands.
    conf.setIfMissing("spark.databricks.delta.snapshotPartitions", "4");
    // A task writes one shard or one cycle, for which one writer is enough. Spark sorts the rows,
    // images and all, unless it may have more writers than it needs.
    conf.setIfMissing("spark.sql.maxConcurrentOutputFileWriters", "2");
    // The queries of a cycle are those of the cycle before; Spark keeps the code of 100.
    conf.setIfMissing("spark.sql.codegen.cache.maxEntries", "1000");
    // Most of what is broadcast is parameters, which do not get smaller.
    conf.setIfMissing("spark.broadcast.compress", "false");
    conf.setIfMissing(
        "spark.executor.extraJavaOptions", "-Dorg.eclipse.deeplearning4j.helpers.disable=false");
    String master = conf.get("spark.master");
    DriverNetwork.complete(conf, master, System.getenv());
    if (master.startsWith("local")) {
      // Heartbeats bring the progress of running tasks.
      conf.setIfMissing("spark.executor.heartbeatInterval", "1s");
      // Here there is no executor to lose. Spark would give up the only one where the machine has
      // slept for two minutes.
      conf.setIfMissing("spark.storage.blockManagerHeartbeatTimeoutMs", "365d");
      onThisMachine.accept(conf);
    } else {
      requireSubmitted(conf, master);
      Masters.requireOne(conf, master);
      plug(conf, LocalePlugin.class);
      // Names of files on an executor's own disks.
      conf.setIfMissing("spark.executorEnv.LC_ALL", "C.UTF-8");
      // The driver only adds up: GPUs are the executors'.
      io.syllabus.network.Device.choose(Device.CPU);
      onCluster.accept(conf);
    }
    WorkFolder.requireOne(conf);
    device.ifPresent(asked -> settle(conf, asked));
    return watch.start(conf, cluster.patience());
  }
}
