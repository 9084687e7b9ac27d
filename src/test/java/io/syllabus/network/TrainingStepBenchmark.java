package io.syllabus.network;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What 32 images of 32×32 pixels take on one thread, with each engine. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class TrainingStepBenchmark {
  private static final int IMAGES = 32;
  private static final int SIZE = 32;
  private static final int CLASSES = 10;

  @Param({"SMALL_CNN", "CNN_13", "WIDE_RESNET_28_2"})
  private Architecture architecture;

  @Param({"ONEDNN", "DEEPLEARNING4J"})
  private Engine engine;

  private final byte[] image = Networks.image(SIZE, 1);
  private ComputationGraph network;
  private MultiDataSet minibatch;
  private Predictor predictor;
  private float[] planes;

  @Setup
  public void start() {
    Backend.start();
    network =
        new NetworkDesign(Blueprint.of(architecture, SIZE, CLASSES), Networks.SGD, 1, engine)
            .fresh();
    minibatch = collect();
    predictor = NetworkSnapshot.of(network).predictor(engine, IMAGES, SIZE);
    planes = FlatVector.values(minibatch.getFeatures(0));
  }

  @Benchmark
  public double train() {
    network.fit(minibatch);
    return network.score();
  }

  @Benchmark
  public float[] score() {
    return predictor.probabilities(planes);
  }

  /** The arrays of a minibatch, out of pixels; the engine makes no difference. */
  @Benchmark
  public float minibatch() {
    MultiDataSet collected = collect();
    try (INDArray features = collected.getFeatures(0);
        INDArray labels = collected.getLabels(0)) {
      return features.getFloat(0) + labels.getFloat(0);
    }
  }

  private MultiDataSet collect() {
    Minibatch collected = new Minibatch(IMAGES, SIZE, CLASSES);
    for (int i = 0; i < IMAGES; i++) {
      collected.add(image, i % CLASSES, 1);
    }
    return collected.toMultiDataSet();
  }
}
