package io.syllabus.spark;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.config.TrainingSettings.Augmentation;
import io.syllabus.data.SourceRole;
import io.syllabus.network.NetworkDesign;
import io.syllabus.network.Sgd;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * How fast this JVM trains a network on random images of 32×32 pixels in ten classes, either as
 * Syllabus does or as Deeplearning4j does as shipped. What switches between the two, oneDNN and the
 * number of native threads, is fixed when a JVM starts: each side needs one of its own.
 *
 * @param batchSize images in a minibatch, of all workers together
 * @param minibatches measured, after 20 seconds to warm up
 */
public record TrainingProbe(Architecture architecture, int batchSize, int minibatches) {
  private static final int IMAGE_SIZE = 32;
  private static final int CLASSES = 10;
  private static final int ROUND = 4;
  private static final long WARM_UP_NANOS = 20_000_000_000L;

  /** Images a second of plain {@code ComputationGraph.fit}. */
  public double shipped() throws IOException {
    try (Images images = new Images(batchSize)) {
      ComputationGraph network = design(Engine.DEEPLEARNING4J).fresh();
      warmUp(() -> fit(network, images, ROUND));
      long began = System.nanoTime();
      fit(network, images, minibatches);
      return imagesPerSecond(began);
    }
  }

  private void fit(ComputationGraph network, Images images, int count) {
    Recipe recipe = new Recipe(1, batchSize, IMAGE_SIZE, CLASSES, Augmentation.NONE);
    images.stream(recipe, new Round(0, 0, 0, count), 0).forEachRemaining(network::fit);
  }

  /** Images a second of averaging rounds in Spark, one thread a worker, with augmentation. */
  public double syllabus(int workers) throws IOException {
    SparkConf conf =
        new SparkConf()
            .setMaster("local[" + workers + "]")
            .setAppName("benchmark")
            .set("spark.ui.enabled", "false");
    try (JavaSparkContext context = new JavaSparkContext(conf);
        Images images = new Images(batchSize)) {
      Recipe recipe =
          new Recipe(1, batchSize / workers, IMAGE_SIZE, CLASSES, Augmentation.CROP_FLIP);
      AveragingMaster master =
          new AveragingMaster(workers, recipe.batchSize(), design(Engine.ONEDNN));
      SparkComputationGraph network =
          new SparkComputationGraph(context, design(Engine.ONEDNN).fresh(), master);
      warmUp(() -> rounds(context, network, master, images, recipe, ROUND));
      long began = System.nanoTime();
      rounds(context, network, master, images, recipe, minibatches);
      return imagesPerSecond(began);
    }
  }

  private void rounds(
      JavaSparkContext context,
      SparkComputationGraph network,
      AveragingMaster master,
      Images images,
      Recipe recipe,
      int count) {
    int workers = context.defaultParallelism();
    JavaRDD<Integer> slots = context.parallelize(List.of(), workers);
    for (int first = 0; first < count; first += ROUND) {
      Round round = new Round(0, 0, first, Math.min(count, first + ROUND));
      master.forMinibatches(round.minibatches());
      JavaRDD<MultiDataSet> stream =
          slots.mapPartitionsWithIndex(
              (worker, none) -> images.stream(recipe, round, worker), true);
      network.fitMultiDataSet(stream);
    }
  }

  // Long enough for Java to have compiled what runs in every round.
  private static void warmUp(Runnable work) {
    long began = System.nanoTime();
    while (System.nanoTime() - began < WARM_UP_NANOS) {
      work.run();
    }
  }

  private double imagesPerSecond(long began) {
    return (double) minibatches * batchSize / ((System.nanoTime() - began) / 1e9);
  }

  private NetworkDesign design(Engine engine) {
    Sgd sgd = new Sgd(0.1, 0.9, 5e-4, 2 * minibatches);
    return new NetworkDesign(architecture, IMAGE_SIZE, CLASSES, sgd, 1, engine);
  }

  /** Random images in a pixel file of their own. */
  private static final class Images implements Serializable, AutoCloseable {
    private static final long serialVersionUID = 1L;
    private static final int COUNT = 512;
    private final SerializableConfiguration hadoop =
        new SerializableConfiguration(new Configuration());
    private final PixelFile file;
    private final TrainingShare share;
    private final float[] weights = new float[CLASSES];

    Images(int seed) throws IOException {
      Path folder = Files.createTempDirectory("syllabus-benchmark");
      file = PixelFile.of(new Store.Run(folder.toUri().toString()), 0, IMAGE_SIZE);
      Random random = new Random(seed);
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

    @Override
    public void close() throws IOException {
      org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(file.path()).getParent();
      folder.getParent().getFileSystem(hadoop.value()).delete(folder.getParent(), true);
    }
  }
}
