package io.syllabus.spark;

import io.syllabus.config.Settings;
import io.syllabus.config.SettingsReader;
import io.syllabus.report.Console;
import io.syllabus.spark.session.ClusterWatch;
import io.syllabus.spark.session.Sessions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The Spark session that tests share, on two threads and without a web page, and small settings: 80
 * drawn digits of 8 pixels. Jobs end the session that they find, so each test asks for it anew.
 */
public final class LocalSpark {
  /** What every test's Spark is started with. */
  public static final List<String> SPARK =
      List.of(
          "spark.master=local[2]",
          "spark.ui.enabled=false",
          "spark.sql.shuffle.partitions=2",
          "spark.databricks.delta.snapshotPartitions=1");

  /** Queries are interpreted: compiling them takes most of a run that is soon over. */
  public static final List<String> INTERPRETED =
      List.of("spark.sql.codegen.wholeStage=false", "spark.sql.codegen.factoryMode=NO_CODEGEN");

  /** A run of a few seconds, but for its data. */
  public static final List<String> TRAINING =
      List.of(
          "data.image-size=8",
          "data.shards=4",
          "training.workers=2",
          "training.epochs=1",
          "training.batch-size=16",
          "training.augmentation=crop",
          "scoring.batch-size=16",
          "curriculum.step-percent=50",
          "publish.enabled=false");

  /** Publishes whatever a run comes to. */
  public static final List<String> PUBLISHING =
      List.of(
          "publish.enabled=true",
          "publish.max-accuracy-drop=1",
          "publish.max-share-ratio=0",
          "publish.max-changed=1",
          "publish.min-precision=0",
          "publish.max-unreadable=1");

  /** Three labels, two validation images and three of the pool a class. */
  public static final List<String> DIGITS =
      List.of(
          "data.generate.train-per-class=8",
          "data.generate.test-per-class=2",
          "data.split.labeled-per-class=3",
          "data.split.validation-per-class=2",
          "data.split.pool-per-class=3");

  private LocalSpark() {}

  /** The session that there is, or one with others over the small settings. */
  public static SparkSession session(String... others) {
    return Sessions.start(settings(others), "tests", new ClusterWatch(Console.silent()));
  }

  /** The setting for a session of so many cores. */
  public static String cores(int cores) {
    return "spark.master=local[" + cores + "]";
  }

  public static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(session().sparkContext());
  }

  public static Configuration hadoop() {
    return context().hadoopConfiguration();
  }

  public static Broadcast<SerializableConfiguration> shippedHadoop() {
    return context().broadcast(new SerializableConfiguration(hadoop()));
  }

  /** What people said of images, of whom nobody was asked. */
  public static Dataset<Row> nobodyAsked() {
    StructType columns =
        new StructType()
            .add("checksum", DataTypes.StringType)
            .add("reviewed", DataTypes.StringType);
    return session().createDataFrame(List.of(), columns);
  }

  /** Ends the session, so that a job's own settings make the next. */
  public static void stop() {
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().close();
    }
  }

  /** The small settings with others over them, each as {@code key=value}. */
  public static Settings settings(String... others) {
    Map<String, String> values = new LinkedHashMap<>();
    for (List<String> layer : List.of(SPARK, TRAINING, DIGITS, List.of(others))) {
      for (String setting : layer) {
        String[] parts = setting.split("=", 2);
        values.put(parts[0], parts[1]);
      }
    }
    return SettingsReader.read(Optional.empty(), values);
  }
}
