package io.syllabus.spark.ingest;

import io.syllabus.augment.Framing;
import io.syllabus.data.ImageEntry;
import io.syllabus.data.Rejected;
import io.syllabus.data.SourceRole;
import io.syllabus.data.UnreadableImageException;
import io.syllabus.network.Classifier;
import io.syllabus.spark.shard.ExampleKey;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/** A partition of a source's images, decoded one at a time; what cannot be read is passed over. */
public final class DecodedSource<K> implements Iterator<Classifier.Image<K>> {

  private final Iterator<Tuple2<ExampleKey, ImageEntry>> images;
  private final Intake intake;
  private final Framing framing;
  private final KeyOf<K> keyOf;
  private final LongAccumulator done;
  private final Rejections rejections;
  private boolean hasSample;
  private Classifier.Image<K> next;

  /** What an image is to be known by. */
  @FunctionalInterface
  public interface KeyOf<K> {
    K of(ImageEntry image, Intake.Taken taken);
  }

  public DecodedSource(
      Iterator<Tuple2<ExampleKey, ImageEntry>> images,
      Intake intake,
      Framing framing,
      KeyOf<K> keyOf,
      LongAccumulator done,
      Rejections rejections) {
    this.images = images;
    this.intake = intake;
    this.framing = framing;
    this.keyOf = keyOf;
    this.done = done;
    this.rejections = rejections;
  }

  @Override
  public boolean hasNext() {
    while (next == null && images.hasNext()) {
      Tuple2<ExampleKey, ImageEntry> image = images.next();
      next = decoded(image._1().role(), image._2()).orElse(null);
      done.add(1);
    }
    return next != null;
  }

  @Override
  public Classifier.Image<K> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Classifier.Image<K> image = next;
    next = null;
    return image;
  }

  private Optional<Classifier.Image<K>> decoded(SourceRole role, ImageEntry image) {
    try {
      Intake.Taken taken = intake.take(role, image);
      return Optional.of(
          new Classifier.Image<>(keyOf.of(image, taken), framing.centre(taken.decoded().pixels())));
    } catch (UnreadableImageException e) {
      reject(Intake.rejected(role, image, e));
      return Optional.empty();
    }
  }

  private void reject(Rejected rejected) {
    rejections.count().add(1);
    if (!hasSample) {
      rejections.samples().add(rejected);
      hasSample = true;
    }
  }
}
