package io.syllabus.spark.train;

import static io.syllabus.Checks.require;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.config.TrainingSettings.Augmentation;
import io.syllabus.network.Backend;
import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** One worker's training without Spark and without averaging: its network is never replaced. */
public final class PlainWorker implements AutoCloseable {
  private final RandomImages images;
  private final Recipe recipe;
  private final int number;
  private final ComputationGraph network;
  private int next;

  /**
   * @param batchSize images in the worker's minibatch
   * @param number of the worker, from 0: each draws its own minibatches
   */
  public PlainWorker(Architecture architecture, int batchSize, int number) throws IOException {
    Backend backend = Backend.start();
    require(backend.oneDnn(), "%s", backend.description());
    this.number = number;
    images = new RandomImages();
    recipe =
        new Recipe(
            1, batchSize, RandomImages.IMAGE_SIZE, RandomImages.CLASSES, Augmentation.CROP_FLIP);
    network = FreshNetworks.of(architecture, Engine.ONEDNN);
  }

  /**
   * Trains on minibatches as a round's worker does.
   *
   * @return how many images they have
   */
  public long train(int minibatches) {
    Round round = new Round(0, 0, next, next + minibatches);
    next += minibatches;
    images.stream(recipe, round, number)
        .forEachRemaining(
            minibatch -> {
              network.fit(minibatch);
              RoundWorker.release(minibatch);
            });
    return (long) minibatches * recipe.batchSize();
  }

  @Override
  public void close() throws IOException {
    images.delete();
  }
}
