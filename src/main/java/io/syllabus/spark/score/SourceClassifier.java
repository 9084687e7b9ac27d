package io.syllabus.spark.score;

import io.syllabus.augment.Framing;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.data.ImageEntry;
import io.syllabus.network.Classifier;
import io.syllabus.network.NetworkSnapshot;
import io.syllabus.spark.ingest.DecodedSource;
import io.syllabus.spark.ingest.Intake;
import io.syllabus.spark.ingest.Rejections;
import io.syllabus.spark.shard.ExampleKey;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/**
 * Decodes the images of one partition of a source and runs them through a network.
 *
 * @param done counts images, those that cannot be read included
 */
public record SourceClassifier(
    Intake intake,
    Framing framing,
    Broadcast<NetworkSnapshot> network,
    Engine engine,
    int imageSize,
    int batchSize,
    LongAccumulator done,
    Rejections rejections)
    implements Serializable {

  /** The partition's readable images, with their probabilities; no network is made for none. */
  public <K> Iterator<Classifier.Classified<K>> classify(
      Iterator<Tuple2<ExampleKey, ImageEntry>> images, DecodedSource.KeyOf<K> keyOf) {
    DecodedSource<K> decoded =
        new DecodedSource<>(images, intake, framing, keyOf, done, rejections);
    return decoded.hasNext()
        ? new Classifier<>(
            network.value().predictor(engine, batchSize, imageSize), decoded, imageSize, batchSize)
        : Collections.emptyIterator();
  }
}
