package io.syllabus.network;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryType;
import org.deeplearning4j.nn.conf.memory.MemoryUseMode;
import org.deeplearning4j.nn.conf.memory.NetworkMemoryReport;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What a network takes of memory, by estimate; nothing is allocated.
 *
 * @param weightBytes what its weights take, once
 * @param trainingBytesAnImage native memory of each image of a minibatch
 * @param scoringBytesAnImage native memory of each image of a batch
 */
public record NetworkMemory(long weightBytes, long trainingBytesAnImage, long scoringBytesAnImage) {
  // Weights, gradients, momentum and the engine's own layout: a fresh resnet took 3.8 times its
  // weights of resident memory.
  private static final int COPIES = 4;

  // Of what Deeplearning4j reports for its own layers: resident memory after two steps of training
  // was 0.27 (cnn-13) to 0.46 (resnet-50) of it.
  private static final double PART_WITH_ONEDNN = 0.5;

  /**
   * An architecture's.
   *
   * @param imageSize pixels a side
   */
  public static NetworkMemory of(
      Architecture architecture, int imageSize, int classes, Engine engine) {
    Sgd sgd = new Sgd(new CosineSchedule(0.1, 0, 1), 0.9, 0, 0);
    ComputationGraphConfiguration configuration =
        Blueprint.of(architecture, imageSize, classes).configuration(sgd, 0);
    NetworkMemoryReport report =
        configuration.getMemoryReport(InputType.convolutional(imageSize, imageSize, 3));
    double part = engine == Engine.ONEDNN ? PART_WITH_ONEDNN : 1;
    return new NetworkMemory(
        report.getMemoryBytes(
            MemoryType.PARAMETERS, 1, MemoryUseMode.INFERENCE, CacheMode.NONE, DataType.FLOAT),
        Math.round(part * anImage(report, MemoryUseMode.TRAINING)),
        Math.round(part * anImage(report, MemoryUseMode.INFERENCE)));
  }

  /** Native memory of a worker, which trains on so many images and scores so many at once. */
  public long workerBytes(int trained, int scored) {
    return Math.max(trainingBytes(trained), scoringBytes(scored));
  }

  /** What a worker and the driver send each other in a round: parameters and momentum. */
  public long exchangedBytes() {
    return 2 * weightBytes;
  }

  /** Native memory of a network that trains on minibatches of so many images. */
  public long trainingBytes(int images) {
    return COPIES * weightBytes + images * trainingBytesAnImage;
  }

  /** Native memory of a network that scores so many images at once. */
  public long scoringBytes(int images) {
    return COPIES * weightBytes + images * scoringBytesAnImage;
  }

  private static long anImage(NetworkMemoryReport report, MemoryUseMode mode) {
    return report.getTotalMemoryBytes(2, mode, CacheMode.NONE, DataType.FLOAT)
        - report.getTotalMemoryBytes(1, mode, CacheMode.NONE, DataType.FLOAT);
  }
}
