package io.syllabus.network.onednn;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.network.Architectures;
import io.syllabus.network.Sgd;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Where the time of a training step goes, operation by operation, on one thread: what the page of
 * benchmark results says of it. Arguments: the network, images in a minibatch.
 */
final class StepProfile {
  private static final int SIZE = 32;
  private static final int CLASSES = 10;
  private static final int WARM_UP = 5;
  private static final int STEPS = 20;

  private StepProfile() {}

  public static void main(String[] arguments) {
    Architecture architecture =
        Architecture.valueOf(arguments[0].toUpperCase(Locale.ROOT).replace('-', '_'));
    int images = Integer.parseInt(arguments[1]);
    ComputationGraph network =
        new ComputationGraph(
            Architectures.configuration(architecture, SIZE, CLASSES, Sgd.of(0.1, 0.9, 5e-4, 1), 1));
    network.init();
    network.initGradientsView();
    Map<String, Long> nanosByName = new TreeMap<>();
    try (TrainingStep step =
        new TrainingStep(
            Layers.of(network).orElseThrow(),
            network.params().data().address(),
            network.getGradientsViewArray().data().address(),
            images,
            3,
            SIZE,
            SIZE)) {
      float[] labels = new float[images * CLASSES];
      Arrays.fill(labels, 1f / CLASSES);
      FloatPointer planes = new FloatPointer((long) images * 3 * SIZE * SIZE);
      for (int i = 0; i < WARM_UP; i++) {
        step.run(planes, labels, i);
      }
      for (int i = 0; i < STEPS; i++) {
        step.profile(nanosByName);
      }
      print(architecture, images, nanosByName);
    }
    System.exit(0);
  }

  private static void print(Architecture architecture, int images, Map<String, Long> nanosByName) {
    long all = nanosByName.values().stream().mapToLong(Long::longValue).sum();
    System.out.printf("%s, %d images, %.1f ms a step%n", architecture, images, all / 1e6 / STEPS);
    nanosByName.forEach(
        (name, nanos) ->
            System.out.printf(
                "%-40s %8.2f ms  %5.1f %%%n", name, nanos / 1e6 / STEPS, 100.0 * nanos / all));
  }
}
