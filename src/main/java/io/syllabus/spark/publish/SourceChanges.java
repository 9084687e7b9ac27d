package io.syllabus.spark.publish;

import io.syllabus.data.FileVersion;
import io.syllabus.data.ImageEntry;
import io.syllabus.spark.ingest.Intake;
import io.syllabus.spark.shard.ExampleKey;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.commons.collections4.iterators.PeekingIterator;
import org.apache.hadoop.conf.Configuration;
import scala.Tuple2;

/**
 * A part of a source as it is now beside the same part as it was published, both in the order of
 * their keys: iterates over the images that are new or whose content has changed. A file of the
 * same size and age is taken for unchanged; of another its checksum decides. Remembers the ids of
 * what is gone.
 */
final class SourceChanges implements Iterator<Tuple2<ExampleKey, ImageEntry>> {

  /** An image as it was published. */
  record Published(String checksum, FileVersion version) implements Serializable {}

  /** What became of an image. */
  enum Change {
    ADDED,
    CHANGED,
    GONE
  }

  private final PeekingIterator<Tuple2<ExampleKey, ImageEntry>> images;
  private final PeekingIterator<Tuple2<ExampleKey, Published>> published;
  private final Configuration hadoop;
  private final Map<String, Change> underWay = new HashMap<>();
  private final List<String> gone = new ArrayList<>();
  private Tuple2<ExampleKey, ImageEntry> next;
  private ExampleKey last;

  SourceChanges(
      Iterator<Tuple2<ExampleKey, ImageEntry>> images,
      Iterator<Tuple2<ExampleKey, Published>> published,
      Configuration hadoop) {
    this.images = PeekingIterator.peekingIterator(images);
    this.published = PeekingIterator.peekingIterator(published);
    this.hadoop = hadoop;
  }

  @Override
  public boolean hasNext() {
    while (next == null && (images.hasNext() || published.hasNext())) {
      next = step();
    }
    return next != null;
  }

  @Override
  public Tuple2<ExampleKey, ImageEntry> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Tuple2<ExampleKey, ImageEntry> image = next;
    next = null;
    return image;
  }

  // Null where the next key is of an image that needs no label.
  private Tuple2<ExampleKey, ImageEntry> step() {
    int order = order();
    if (order > 0) {
      gone.add(published.next()._1().id());
      return null;
    }
    Tuple2<ExampleKey, ImageEntry> image = images.next();
    if (image._1().equals(last)) {
      return null;
    }
    last = image._1();
    if (order < 0) {
      underWay.put(image._1().id(), Change.ADDED);
      return image;
    }
    if (isAsItWas(image._2(), published.next()._2())) {
      return null;
    }
    underWay.put(image._1().id(), Change.CHANGED);
    return image;
  }

  // Below 0 where only the source has the next key, above 0 where only the published labels do.
  private int order() {
    if (!images.hasNext()) {
      return 1;
    }
    return published.hasNext() ? images.peek()._1().compareTo(published.peek()._1()) : -1;
  }

  private boolean isAsItWas(ImageEntry image, Published before) {
    if (image.version().equals(before.version())) {
      return true;
    }
    try {
      return Intake.checksum(image.bytes(hadoop)).equals(before.checksum());
    } catch (IOException e) {
      // Whoever reads it next says that it cannot be read.
      return false;
    }
  }

  /** What became of an image that this has handed out, once it could be read. */
  Change read(String id) {
    return underWay.remove(id);
  }

  /**
   * Ids that are published and have no image any more: the file is gone, or what it holds now
   * cannot be read. To be asked at the end.
   */
  List<String> gone() {
    List<String> all = new ArrayList<>(gone);
    underWay.forEach(
        (id, change) -> {
          if (change == Change.CHANGED) {
            all.add(id);
          }
        });
    return all;
  }
}
