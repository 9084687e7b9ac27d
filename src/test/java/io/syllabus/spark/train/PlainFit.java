package io.syllabus.spark.train;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.config.TrainingSettings.Augmentation;
import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Trains a network on random images with Deeplearning4j alone, in this thread. */
public final class PlainFit implements AutoCloseable {
  private final RandomImages images;
  private final Recipe recipe;
  private final ComputationGraph network;
  private int next;

  /**
   * @param batchSize images in a minibatch
   */
  public PlainFit(Architecture architecture, int batchSize) throws IOException {
    images = new RandomImages();
    recipe =
        new Recipe(1, batchSize, RandomImages.IMAGE_SIZE, RandomImages.CLASSES, Augmentation.NONE);
    network = FreshNetworks.of(architecture, Engine.DEEPLEARNING4J);
  }

  /**
   * Trains on one minibatch.
   *
   * @return how many images it has
   */
  public long train() {
    Round round = new Round(0, 0, next, next + 1);
    next++;
    images.stream(recipe, round, 0).forEachRemaining(network::fit);
    return recipe.batchSize();
  }

  @Override
  public void close() throws IOException {
    images.delete();
  }
}
