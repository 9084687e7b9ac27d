package io.syllabus.job;

import io.syllabus.config.SettingsException;
import io.syllabus.spark.session.Sessions;
import io.syllabus.spark.table.StoredTable;
import io.syllabus.store.Store;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The options of a job that works on a store, and on no single run of it. */
final class StoreOptions {
  @Option(
      names = "--store",
      paramLabel = "PATH",
      defaultValue = "store",
      description = "The store; ${DEFAULT-VALUE} by default.")
  private String root;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting under spark. May be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  /** Work on a store that needs Spark. */
  @FunctionalInterface
  interface Work {
    void run(SparkSession spark, Store store) throws IOException;
  }

  /** What Spark is told. */
  Map<String, String> spark() {
    for (String key : overrides.keySet()) {
      if (!key.startsWith("spark.")) {
        throw new SettingsException(
            List.of("this job takes settings under spark only, found: " + key));
      }
    }
    return overrides;
  }

  Configuration hadoop() {
    return Sessions.hadoop(spark());
  }

  Store store() throws IOException {
    return Store.at(root, hadoop());
  }

  /** Starts Spark, looks at the tables and does the work. */
  void with(String job, Work work) throws IOException {
    Store store = store();
    try (SparkSession spark = Sessions.start(spark(), job)) {
      StoredTable.requireIntact(spark, store);
      work.run(spark, store);
    }
  }
}
