package io.syllabus.spark.shard;

import io.syllabus.data.SourceRole;
import io.syllabus.data.Split;
import io.syllabus.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/** Shards of plain images of 8 pixels: every byte of image i is i, its label is i mod 3. */
public final class TestShards {
  public static final int IMAGE_SIZE = 8;
  public static final int CLASSES = 3;
  public static final Configuration HADOOP = new Configuration();

  private TestShards() {}

  static byte[] image(int number) {
    byte[] pixels = new byte[3 * IMAGE_SIZE * IMAGE_SIZE];
    Arrays.fill(pixels, (byte) number);
    return pixels;
  }

  static PixelFile.Entry entry(int number) {
    String id = String.format("%03d.png", number);
    return new PixelFile.Entry(new ExampleKey(0, SourceRole.LABELED, id), "c" + number % CLASSES);
  }

  static PixelFile file(Path folder) {
    return PixelFile.of(new Store.Run("file:" + folder), 0, IMAGE_SIZE);
  }

  /** What a worker trains on that has one shard of so many labeled images. */
  public static TrainingShare share(Path folder, int images) throws IOException {
    return share(folder, images, 0);
  }

  /** The same with pool images behind them, each with its own label as pseudo-label. */
  public static TrainingShare share(Path folder, int labeled, int pool) throws IOException {
    PixelFile file = file(folder);
    ShardExamples shard = new ShardExamples(file);
    try (PixelFile.Writer writer = new PixelFile.Writer(file, HADOOP)) {
      for (int i = 0; i < labeled + pool; i++) {
        writer.add(entry(i), image(i));
        Split split = i < labeled ? Split.LABELED : Split.POOL;
        shard.add(new ShardExamples.Row(entry(i).key().id(), i, split, i % CLASSES));
      }
      writer.commit();
    }
    return TrainingShare.of(
        List.of(shard).iterator(),
        IntStream.range(labeled, labeled + pool)
            .mapToObj(i -> new PseudoLabel(0, entry(i).key().id(), i % CLASSES))
            .iterator());
  }
}
