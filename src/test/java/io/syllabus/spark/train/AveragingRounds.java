package io.syllabus.spark.train;

import static io.syllabus.Checks.require;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.config.TrainingSettings.Augmentation;
import io.syllabus.network.Backend;
import io.syllabus.network.NetworkDesign;
import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/** Trains a network on random images as runs do: in Spark, averaging workers. */
public final class AveragingRounds implements AutoCloseable {
  private final int workers;
  private final RandomImages images;
  private final Broadcast<RandomImages> shipped;
  private final JavaRDD<Integer> slots;
  private final Recipe recipe;
  private final AveragingMaster master;
  private final SparkComputationGraph network;
  private int next;

  /**
   * @param batchSize images in a minibatch, shared out to the workers
   * @param workers so many cores, and nothing beside them
   */
  public AveragingRounds(Architecture architecture, int batchSize, int workers) throws IOException {
    Backend backend = Backend.start();
    require(backend.oneDnn(), "%s", backend.description());
    this.workers = workers;
    LocalSpark.session(LocalSpark.cores(workers));
    JavaSparkContext context = LocalSpark.context();
    images = new RandomImages();
    shipped = context.broadcast(images);
    slots = context.parallelize(List.<Integer>of(), workers);
    recipe =
        new Recipe(
            1,
            batchSize / workers,
            RandomImages.IMAGE_SIZE,
            RandomImages.CLASSES,
            Augmentation.CROP_FLIP);
    NetworkDesign design = FreshNetworks.design(architecture, Engine.ONEDNN);
    master = new AveragingMaster(workers, recipe.batchSize(), design);
    network = new SparkComputationGraph(context, design.fresh(), master);
  }

  /**
   * Trains one round.
   *
   * @param minibatches of each worker
   * @return how many images the workers trained on together
   */
  public long train(int minibatches) {
    Round round = new Round(0, 0, next, next + minibatches);
    next += minibatches;
    master.forMinibatches(minibatches);
    network.fitMultiDataSet(stream(slots, shipped, recipe, round));
    return (long) minibatches * recipe.batchSize() * workers;
  }

  private static JavaRDD<MultiDataSet> stream(
      JavaRDD<Integer> slots, Broadcast<RandomImages> images, Recipe recipe, Round round) {
    return slots.mapPartitionsWithIndex(
        (worker, none) -> images.value().stream(recipe, round, worker), true);
  }

  @Override
  public void close() throws IOException {
    shipped.destroy();
    images.delete();
    LocalSpark.stop();
  }
}
