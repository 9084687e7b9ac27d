package io.syllabus.spark.train;

import io.syllabus.data.SourceRole;
import io.syllabus.spark.shard.ExampleKey;
import io.syllabus.spark.shard.PixelFile;
import io.syllabus.spark.shard.TrainingShare;
import io.syllabus.store.Store;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;

/** 512 random images of 32×32 pixels in ten classes, in a pixel file of their own. */
public final class RandomImages implements Serializable {
  public static final int IMAGE_SIZE = 32;
  public static final int CLASSES = 10;
  private static final long serialVersionUID = 1L;
  private static final int COUNT = 512;
  private static final long SEED = 1;

  private final SerializableConfiguration hadoop =
      new SerializableConfiguration(new Configuration());
  private final String folder;
  private final TrainingShare share;
  private final float[] weights = new float[CLASSES];

  RandomImages() throws IOException {
    Path created = Files.createTempDirectory("syllabus-benchmark");
    folder = created.toString();
    PixelFile file = PixelFile.of(new Store.Run("file:" + folder), 0, IMAGE_SIZE);
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] pixels = new byte[file.recordBytes()];
    List<TrainingShare.Example> examples = new ArrayList<>();
    try (PixelFile.Writer writer = new PixelFile.Writer(file, hadoop.value())) {
      for (int i = 0; i < COUNT; i++) {
        random.nextBytes(pixels);
        ExampleKey key = new ExampleKey(0, SourceRole.LABELED, String.valueOf(i));
        writer.add(new PixelFile.Entry(key, ""), pixels);
        examples.add(new TrainingShare.Example(file, i, i % CLASSES));
      }
      writer.commit();
    }
    share = new TrainingShare(examples);
    Arrays.fill(weights, 1f);
  }

  MinibatchStream stream(Recipe recipe, Round round, int worker) {
    return new MinibatchStream(recipe, round, worker, share, weights, hadoop.value());
  }

  // No AutoCloseable: Spark would close it, in a thread of its own, when its broadcast is
  // destroyed.
  void delete() throws IOException {
    FileUtils.deleteDirectory(new File(folder));
  }
}
