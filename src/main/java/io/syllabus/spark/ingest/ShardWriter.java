package io.syllabus.spark.ingest;

import io.syllabus.data.ImageEntry;
import io.syllabus.data.Inventory;
import io.syllabus.data.Rejected;
import io.syllabus.data.SourceRole;
import io.syllabus.data.UnreadableImageException;
import io.syllabus.spark.shard.ExampleKey;
import io.syllabus.spark.shard.PixelFile;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/**
 * Turns one shard's images into rows of the examples table, and on the way writes the shard's
 * pixels and the list of what had to be rejected. A task that is retried writes the same again.
 */
final class ShardWriter implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Store.Run run;
  private final Intake intake;
  private final LongAccumulator done;

  ShardWriter(Store.Run run, Intake intake, LongAccumulator done) {
    this.run = run;
    this.intake = intake;
    this.done = done;
  }

  /** The rows of a shard; its files are there once the last row was taken. */
  Iterator<Row> write(int shard, Iterator<Tuple2<ExampleKey, ImageEntry>> images)
      throws IOException {
    return new Rows(shard, images);
  }

  /** What a written shard holds. */
  Inventory inventory(int shard) throws IOException {
    Inventory inventory = new Inventory();
    for (PixelFile.Entry entry : pixels(shard).entries(hadoop())) {
      inventory.add(entry.key().role(), entry.className());
    }
    rejected(shard).forEach(inventory::add);
    return inventory;
  }

  /** What of a written shard was rejected. */
  List<Rejected> rejected(int shard) throws IOException {
    Path path = rejectedPath(shard);
    try (DataInputStream in = new DataInputStream(WholeFiles.system(path, hadoop()).open(path))) {
      List<Rejected> rejected = new ArrayList<>();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        SourceRole role = SourceRole.of(in.readUTF());
        rejected.add(new Rejected(role, in.readUTF(), in.readUTF(), in.readBoolean()));
      }
      return rejected;
    }
  }

  private void writeRejected(int shard, List<Rejected> rejected) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(rejected.size());
      for (Rejected one : rejected) {
        out.writeUTF(one.role().text());
        out.writeUTF(one.location());
        out.writeUTF(one.reason());
        out.writeBoolean(one.wrongSize());
      }
    }
    WholeFiles.write(rejectedPath(shard).toString(), bytes.toByteArray(), hadoop());
  }

  private PixelFile pixels(int shard) {
    return PixelFile.of(run, shard, intake.decoder().imageSize());
  }

  private Configuration hadoop() {
    return intake.hadoop().value().value();
  }

  private Path rejectedPath(int shard) {
    return new Path(pixels(shard).path() + ".rejected");
  }

  private final class Rows implements Iterator<Row> {
    private final int shard;
    private final Iterator<Tuple2<ExampleKey, ImageEntry>> images;
    private final PixelFile.Writer writer;
    private final List<Rejected> rejected = new ArrayList<>();
    private ExampleKey last;
    private Row next;

    Rows(int shard, Iterator<Tuple2<ExampleKey, ImageEntry>> images) throws IOException {
      this.shard = shard;
      this.images = images;
      this.writer = new PixelFile.Writer(pixels(shard), hadoop());
      advance();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Row next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      Row row = next;
      advance();
      return row;
    }

    private void advance() {
      try {
        next = null;
        while (next == null && images.hasNext()) {
          Tuple2<ExampleKey, ImageEntry> image = images.next();
          next = row(image._1(), image._2()).orElse(null);
          done.add(1);
        }
        if (next == null) {
          writer.commit();
          writeRejected(shard, rejected);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot write shard " + shard + ": " + e.getMessage(), e);
      }
    }

    private Optional<Row> row(ExampleKey key, ImageEntry image) throws IOException {
      try {
        if (key.equals(last)) {
          throw new UnreadableImageException("another image of this source has its id");
        }
        Intake.Taken taken = intake.take(key.role(), image);
        writer.add(new PixelFile.Entry(key, taken.className()), taken.decoded().pixels());
        last = key;
        return Optional.of(
            RowFactory.create(
                key.id(),
                shard,
                key.role().text(),
                taken.className().isEmpty() ? null : taken.className(),
                image.location(),
                taken.decoded().format(),
                taken.decoded().width(),
                taken.decoded().height(),
                taken.checksum(),
                image.version().bytes(),
                image.version().modifiedMillis(),
                taken.bytes()));
      } catch (UnreadableImageException e) {
        rejected.add(Intake.rejected(key.role(), image, e));
        return Optional.empty();
      }
    }
  }
}
