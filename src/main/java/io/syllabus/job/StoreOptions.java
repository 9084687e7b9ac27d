package io.syllabus.job;

import io.syllabus.config.ClusterSettings;
import io.syllabus.config.SettingsException;
import io.syllabus.config.SettingsReader;
import io.syllabus.spark.session.Sessions;
import io.syllabus.spark.table.StoredTable;
import io.syllabus.store.Store;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a job that works on a store, and on no single run of it. */
final class StoreOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec job;

  @Option(
      names = "--store",
      paramLabel = "PATH",
      defaultValue = "store",
      description = "The store; ${DEFAULT-VALUE} by default.")
  private String root;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "cluster.patience, or a setting under spark. May be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  /** Work on a store that needs Spark. */
  @FunctionalInterface
  interface Work {
    void run(SparkSession spark, Store store) throws IOException;
  }

  /** What Spark is told. */
  Map<String, String> spark() {
    Map<String, String> spark = new LinkedHashMap<>(overrides);
    spark.remove("cluster.patience");
    for (String key : spark.keySet()) {
      if (!key.startsWith("spark.")) {
        throw new SettingsException(
            List.of(
                "this job takes cluster.patience and settings under spark only, found: " + key));
      }
    }
    return spark;
  }

  Configuration hadoop() {
    return Sessions.hadoop(spark());
  }

  Store store() throws IOException {
    return Store.at(root, hadoop());
  }

  /** Starts Spark, looks at the tables and does the work. */
  void with(String name, Work work) throws IOException {
    Store store = store();
    ClusterSettings cluster = SettingsReader.cluster(overrides);
    try (SparkSession spark = Sessions.start(spark(), cluster, name, Job.of(job).watch())) {
      StoredTable.requireIntact(spark, store);
      work.run(spark, store);
    }
  }
}
