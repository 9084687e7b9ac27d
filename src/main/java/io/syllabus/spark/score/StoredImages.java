package io.syllabus.spark.score;

import io.syllabus.augment.Framing;
import io.syllabus.data.Split;
import io.syllabus.network.Classifier;
import io.syllabus.spark.shard.PixelFile;
import io.syllabus.spark.shard.ShardExamples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;

/**
 * The images of one split in a worker's shards, in the order in which they are stored, each as the
 * network takes it when it scores.
 */
final class StoredImages implements Iterator<Classifier.Image<StoredImages.Place>> {

  /** Where an image comes from. */
  record Place(int shard, ShardExamples.Row row) {}

  private final Iterator<ShardExamples> shards;
  private final Split split;
  private final Framing framing;
  private final Configuration hadoop;
  private ShardExamples shard;
  private Iterator<ShardExamples.Row> rows = Collections.emptyIterator();
  private PixelFile.Reader reader;
  private byte[] pixels;

  StoredImages(Iterator<ShardExamples> shards, Split split, Framing framing, Configuration hadoop) {
    this.shards = shards;
    this.split = split;
    this.framing = framing;
    this.hadoop = hadoop;
  }

  @Override
  public boolean hasNext() {
    try {
      while (!rows.hasNext()) {
        closeReader();
        if (!shards.hasNext()) {
          return false;
        }
        shard = shards.next();
        rows = shard.rows(split).iterator();
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close a pixel file", e);
    }
  }

  @Override
  public Classifier.Image<Place> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ShardExamples.Row row = rows.next();
    try {
      if (reader == null) {
        reader = new PixelFile.Reader(shard.pixels(), hadoop);
        pixels = new byte[shard.pixels().recordBytes()];
      }
      reader.read(row.record(), pixels);
      return new Classifier.Image<>(new Place(shard.pixels().shard(), row), framing.centre(pixels));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + shard.pixels().path(), e);
    }
  }

  private void closeReader() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
