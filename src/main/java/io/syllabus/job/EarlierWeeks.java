package io.syllabus.job;

import io.syllabus.Text;
import io.syllabus.data.BadDataException;
import io.syllabus.report.Console;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** Runs of earlier weeks that were not finished before a new one began. */
final class EarlierWeeks {
  private final SparkSession spark;
  private final Store store;
  private final Configuration hadoop;
  private final Console console;

  /**
   * @param store which nobody else writes to
   */
  EarlierWeeks(SparkSession spark, Store store, Console console) {
    this.spark = spark;
    this.store = store;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.console = console;
  }

  /** Deletes them, and says so: the schedule does not come back for them. */
  void giveUp(WeeklyRun now) throws IOException {
    for (String id : store.runIds(hadoop)) {
      if (now.replaces(id) && isUnfinished(store.run(id))) {
        delete(id, now);
      }
    }
  }

  // A run that has come to its labels may have published them. What is damaged is a person's to
  // look at, and stops no night.
  private boolean isUnfinished(Store.Run run) throws IOException {
    try {
      return !RunDescription.isFinished(run, hadoop)
          && WholeFiles.find(run.candidate(), hadoop).isEmpty();
    } catch (BadDataException e) {
      return false;
    }
  }

  private void delete(String id, WeeklyRun now) throws IOException {
    Store.Run run = store.run(id);
    Runs.forgetQuarantine(spark, store, id);
    WholeFiles.delete(run.folder(), hadoop);
    console.say(
        Text.format(
            "Run %s was not finished before %s began: it is given up, and %s is gone",
            id, now.id(), run.folder()));
  }
}
