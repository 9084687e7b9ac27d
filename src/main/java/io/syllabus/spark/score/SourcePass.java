package io.syllabus.spark.score;

import io.syllabus.augment.Framing;
import io.syllabus.config.DataSettings;
import io.syllabus.config.Settings;
import io.syllabus.data.ImageDecoder;
import io.syllabus.data.ImageEntry;
import io.syllabus.data.ImageSource;
import io.syllabus.data.SourceRole;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.report.Console;
import io.syllabus.spark.ingest.Intake;
import io.syllabus.spark.ingest.Rejections;
import io.syllabus.spark.ingest.SourceImages;
import io.syllabus.spark.session.JobProgress;
import io.syllabus.spark.shard.ExampleKey;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** One pass over the images of a source that no run has ingested, with a finished run's network. */
public final class SourcePass implements AutoCloseable {
  private final JavaSparkContext context;
  private final Settings settings;
  private final Broadcast<NetworkSnapshot> network;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final JobProgress progress;
  private final Rejections rejections;

  /**
   * Ships what workers need, and shows how far they are until it is closed.
   *
   * @param settings of the run that trained the network
   * @param work in a word or two, for people
   */
  public SourcePass(
      JavaSparkContext context,
      Settings settings,
      NetworkSnapshot network,
      String work,
      Console console) {
    this.context = context;
    this.settings = settings;
    this.network = context.broadcast(network);
    this.hadoop = context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    this.rejections = Rejections.in(context.sc());
    this.progress = new JobProgress(context.sc(), console.start(work, " images", -1));
  }

  /** The source's images, a partition a shard. */
  public JavaPairRDD<ExampleKey, ImageEntry> images(SourceRole role, ImageSource source) {
    return SourceImages.byShard(context, role, source, settings.data().shards(), hadoop);
  }

  /** For tasks: decodes images and runs them through the network. */
  public SourceClassifier classifier() {
    DataSettings data = settings.data();
    return new SourceClassifier(
        new Intake(ImageDecoder.of(data), hadoop),
        Framing.of(data),
        network,
        settings.network().engine(),
        data.imageSize(),
        settings.scoring().batchSize(),
        progress.counter(),
        rejections);
  }

  /** Images that could not be read so far. */
  public Rejections rejections() {
    return rejections;
  }

  @Override
  public void close() {
    progress.close();
    network.destroy();
    hadoop.destroy();
  }
}
