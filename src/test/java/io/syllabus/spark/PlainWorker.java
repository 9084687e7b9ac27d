package io.syllabus.spark;

import static io.syllabus.Checks.require;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.TrainingSettings.Augmentation;
import io.syllabus.network.Backend;
import java.io.IOException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;

/** One worker's training without Spark and without averaging: its network is never replaced. */
public final class PlainWorker implements AutoCloseable {
  private final RandomImages images;
  private final Recipe recipe;
  private final int number;
  private final RoundWorker worker;
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
    ComputationGraph fresh = FreshNetworks.of(architecture);
    NetBroadcastTuple start =
        new NetBroadcastTuple(
            fresh.getConfiguration(), fresh.params(), fresh.getUpdater().getStateViewArray());
    WorkerConfiguration configuration = new WorkerConfiguration(true, 1, batchSize, 1, 0, false);
    worker = new RoundWorker(new LocalBroadcast<>(start), configuration, 0, 1);
    network = worker.getInitialModelGraph();
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
        .forEachRemaining(minibatch -> worker.processMinibatch(minibatch, network, false));
    return (long) minibatches * recipe.batchSize();
  }

  @Override
  public void close() throws IOException {
    images.close();
  }
}
