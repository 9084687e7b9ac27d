package io.syllabus.spark.shard;

import io.syllabus.Text;
import io.syllabus.data.SourceRole;
import io.syllabus.store.Store;
import io.syllabus.store.WholeFiles;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.Utils;

/**
 * The decoded images of one shard: records of equal length, read at random, beside an index that
 * names each. Made once, at ingest, so that no cycle decodes an image again.
 *
 * @param shard whose images these are
 * @param path of the records; the index lies beside them
 * @param recordBytes bytes an image
 */
public record PixelFile(int shard, String path, int recordBytes) implements Serializable {

  /** The file of one shard of a run. */
  public static PixelFile of(Store.Run run, int shard, int imageSize) {
    String path = Text.format("%s/shard-%05d.pixels", run.pixels(), shard);
    return new PixelFile(shard, path, 3 * imageSize * imageSize);
  }

  private Path index() {
    return new Path(path + ".index");
  }

  /**
   * One record's name.
   *
   * @param className empty where the image has none
   */
  public record Entry(ExampleKey key, String className) {}

  /** Writes records; all of them are there after {@link #commit}, or none. Safe to repeat. */
  public static final class Writer implements Closeable {
    private final PixelFile file;
    private final FileSystem files;
    private final Path draft;
    private final BufferedOutputStream records;
    private final List<Entry> entries = new ArrayList<>();

    public Writer(PixelFile file, Configuration hadoop) throws IOException {
      this.file = file;
      this.draft = new Path(file.path + "." + UUID.randomUUID() + ".draft");
      this.files = WholeFiles.system(draft, hadoop);
      this.records = new BufferedOutputStream(files.create(draft, true), 1 << 16);
    }

    public void add(Entry entry, byte[] pixels) throws IOException {
      records.write(pixels);
      entries.add(entry);
    }

    public void commit() throws IOException {
      records.close();
      WholeFiles.replace(files, draft, new Path(file.path));
      Path indexDraft = new Path(draft + ".index");
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(files.create(indexDraft, true)))) {
        out.writeInt(entries.size());
        for (Entry entry : entries) {
          out.writeInt(entry.key.shard());
          out.writeUTF(entry.key.role().text());
          out.writeUTF(entry.key.id());
          out.writeUTF(entry.className);
        }
      }
      WholeFiles.replace(files, indexDraft, file.index());
    }

    @Override
    public void close() throws IOException {
      records.close();
      files.delete(draft, false);
    }
  }

  /** The records' names, in their order. */
  public List<Entry> entries(Configuration hadoop) throws IOException {
    FileSystem files = WholeFiles.system(index(), hadoop);
    try (DataInputStream in = new DataInputStream(files.open(index()))) {
      int count = in.readInt();
      List<Entry> entries = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        int shard = in.readInt();
        SourceRole role = SourceRole.of(in.readUTF());
        entries.add(new Entry(new ExampleKey(shard, role, in.readUTF()), in.readUTF()));
      }
      return entries;
    }
  }

  /** Reads records at random. Not thread-safe. */
  public static final class Reader implements Closeable {
    private final PixelFile file;
    private final FileChannel channel;

    public Reader(PixelFile file, Configuration hadoop) throws IOException {
      this.file = file;
      this.channel = FileChannel.open(local(file.path, hadoop), StandardOpenOption.READ);
    }

    /** Reads one record into an array of its length. */
    public void read(int record, byte[] pixels) throws IOException {
      ByteBuffer target = ByteBuffer.wrap(pixels);
      long position = (long) record * file.recordBytes;
      while (target.hasRemaining()) {
        int read = channel.read(target, position + target.position());
        if (read < 0) {
          throw new EOFException(file.path + " ends before record " + record);
        }
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }

    // A store that is no local disk is copied to one, once a JVM: records are read at random.
    private static final ConcurrentHashMap<String, java.nio.file.Path> COPIES =
        new ConcurrentHashMap<>();

    private static java.nio.file.Path local(String path, Configuration hadoop) throws IOException {
      Path source = new Path(path);
      FileSystem files = WholeFiles.system(source, hadoop);
      if (files.getUri().getScheme().equals("file")) {
        return java.nio.file.Path.of(source.toUri().getPath());
      }
      try {
        return COPIES.computeIfAbsent(path, p -> copy(files, source));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    private static java.nio.file.Path copy(FileSystem files, Path source) {
      try {
        // Among Spark's work files, for which there is room.
        String folder = Utils.getLocalDir(SparkEnv.get().conf());
        java.nio.file.Path copy =
            Files.createTempFile(java.nio.file.Path.of(folder), "syllabus-", ".pixels");
        copy.toFile().deleteOnExit();
        try (var in = files.open(source);
            var out = Files.newOutputStream(copy)) {
          in.transferTo(out);
        }
        return copy;
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot copy " + source + " to a local disk", e);
      }
    }
  }
}
