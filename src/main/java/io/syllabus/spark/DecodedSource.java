package io.syllabus.spark;

import io.syllabus.data.ImageDecoder;
import io.syllabus.data.ImageEntry;
import io.syllabus.data.Rejected;
import io.syllabus.data.SourceRole;
import io.syllabus.data.UnreadableImageException;
import io.syllabus.network.Classifier;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/** A partition of a source's images, decoded one at a time; what cannot be read is passed over. */
final class DecodedSource implements Iterator<Classifier.Image<DecodedSource.Key>> {

  /**
   * What an image is known by.
   *
   * @param className empty where it has none
   */
  record Key(String id, String className, String location) {}

  private final Iterator<Tuple2<ExampleKey, ImageEntry>> images;
  private final ImageDecoder decoder;
  private final Configuration hadoop;
  private final LongAccumulator done;
  private final LongAccumulator rejectedCount;
  private final CollectionAccumulator<Rejected> rejectedSamples;
  private boolean hasSample;
  private Classifier.Image<Key> next;

  /**
   * @param rejectedSamples receives the first image of the partition that cannot be read
   */
  DecodedSource(
      Iterator<Tuple2<ExampleKey, ImageEntry>> images,
      ImageDecoder decoder,
      Configuration hadoop,
      LongAccumulator done,
      LongAccumulator rejectedCount,
      CollectionAccumulator<Rejected> rejectedSamples) {
    this.images = images;
    this.decoder = decoder;
    this.hadoop = hadoop;
    this.done = done;
    this.rejectedCount = rejectedCount;
    this.rejectedSamples = rejectedSamples;
  }

  @Override
  public boolean hasNext() {
    while (next == null && images.hasNext()) {
      Tuple2<ExampleKey, ImageEntry> image = images.next();
      done.add(1);
      try {
        next = decoded(image._1().role(), image._2());
      } catch (IOException | UnreadableImageException e) {
        reject(image._1().role(), image._2(), e.getMessage());
      }
    }
    return next != null;
  }

  @Override
  public Classifier.Image<Key> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Classifier.Image<Key> image = next;
    next = null;
    return image;
  }

  private Classifier.Image<Key> decoded(SourceRole role, ImageEntry image)
      throws IOException, UnreadableImageException {
    String className = image.className().orElse("");
    if (className.isEmpty() && role != SourceRole.UNLABELED) {
      throw new UnreadableImageException("lies in no class folder");
    }
    byte[] pixels = decoder.decode(image.bytes(hadoop)).pixels();
    return new Classifier.Image<>(new Key(image.id(), className, image.location()), pixels);
  }

  private void reject(SourceRole role, ImageEntry image, String reason) {
    rejectedCount.add(1);
    if (!hasSample) {
      rejectedSamples.add(new Rejected(role, image.location(), reason, false));
      hasSample = true;
    }
  }
}
