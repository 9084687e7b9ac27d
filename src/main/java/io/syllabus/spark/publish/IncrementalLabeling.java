package io.syllabus.spark.publish;

import io.syllabus.config.Settings;
import io.syllabus.cycle.CycleResult;
import io.syllabus.data.ImageSource;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.publish.Candidate;
import io.syllabus.publish.Publication;
import io.syllabus.publish.PublicationRefusedException;
import io.syllabus.report.Console;
import io.syllabus.spark.score.SourcePass;
import io.syllabus.store.Store;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Labels what is new in a source since its labels were published, with the model that gave them,
 * and publishes the difference as one version.
 */
public final class IncrementalLabeling {
  private final SparkSession spark;
  private final Store store;
  private final Settings settings;
  private final NetworkSnapshot network;
  private final Candidate candidate;
  private final CycleResult best;
  private final Console console;

  /**
   * @param settings of the run whose model labels
   * @param candidate what that run knew of its labels
   * @param best its best cycle, whose model is the network
   */
  public IncrementalLabeling(
      SparkSession spark,
      Store store,
      Settings settings,
      NetworkSnapshot network,
      Candidate candidate,
      CycleResult best,
      Console console) {
    this.spark = spark;
    this.store = store;
    this.settings = settings;
    this.network = network;
    this.candidate = candidate;
    this.best = best;
    this.console = console;
  }

  /**
   * Publishes what is different in the source.
   *
   * @param latest the version that it is compared with
   * @param force whether to publish what quality gates refuse
   * @return what came and went; where that is nothing, nothing was written
   * @throws PublicationRefusedException where quality gates refuse it, and nothing was written
   * @throws io.syllabus.data.BadDataException where people named classes that the model has not
   */
  public Publication.Change run(ImageSource source, PublishedLabels.Version latest, boolean force) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    context.setJobDescription("label what is new in " + source.path());
    try (IncrementalPublication publication =
            new IncrementalPublication(spark, store, settings.publish(), candidate, best, latest);
        SourcePass pass = new SourcePass(context, settings, network, "label", console)) {
      Dataset<Row> changes =
          new ChangedImages(spark, settings.data().shards(), candidate.temperature())
              .of(pass, source, publication.before())
              .persist(StorageLevel.DISK_ONLY());
      try {
        return publication.publish(
            changes,
            () -> {
              pass.rejections().say(console);
              return pass.rejections().count().value();
            },
            force);
      } finally {
        changes.unpersist(false);
      }
    }
  }
}
