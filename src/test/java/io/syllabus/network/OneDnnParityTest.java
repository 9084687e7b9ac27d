package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.network.onednn.OneDnnGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Nesterovs;

/** oneDNN's programs against Deeplearning4j's own layers, which compute the same networks. */
class OneDnnParityTest {
  private static final int CLASSES = 3;
  private static final int IMAGES = 6;
  private static final Regularization PLAIN = new Regularization(0, OutputRegularizers.NONE);

  // Sums of thousands of floats, in another order.
  private static final double GRADIENT_TOLERANCE = 5e-5;

  @ParameterizedTest
  @CsvSource({
    "SMALL_CNN, 8",
    "SMALL_CNN, 13",
    "SMALL_CNN, 32",
    "WIDE_RESNET_28_2, 8",
    "RESNET_18, 32"
  })
  void gradientsAreThoseOfDeeplearning4j(Architecture architecture, int imageSize) {
    gradientsAgree(
        Architectures.configuration(architecture, imageSize, CLASSES, Networks.SGD, 5), imageSize);
  }

  @Test
  void gradientsOfEveryKindOfLayerAreThoseOfDeeplearning4j() {
    gradientsAgree(
        configured(
            chain -> {
              String input =
                  chain.convolution(3, 1, 16, ConvolutionMode.Same).batchNorm().activation().last();
              String residual = chain.convolution(3, 2, 24, ConvolutionMode.Same).last();
              String shortcut =
                  chain.from(input).convolution(1, 2, 24, ConvolutionMode.Same).last();
              chain.sum(residual, shortcut).activation().maxPool();
              chain.convolution(3, 1, 40, ConvolutionMode.Truncate).batchNorm().activation();
              chain.classify(CLASSES);
            },
            15),
        15);
  }

  private static void gradientsAgree(ComputationGraphConfiguration configuration, int imageSize) {
    ComputationGraph plain = plain(configuration);
    ComputationGraph fast = fast(configuration);
    MultiDataSet minibatch = minibatch(IMAGES, imageSize);

    computeGradients(plain, minibatch);
    computeGradients(fast, minibatch);

    assertThat(fast.score()).isEqualTo(plain.score(), within(1e-5));
    for (Layer layer : plain.getLayers()) {
      for (String parameter : layer.paramTable().keySet()) {
        INDArray expected = gradient(plain, layer, parameter);
        assertThat(distance(gradient(fast, layer, parameter), expected))
            .as("%s of %s", parameter, layer.conf().getLayer().getLayerName())
            .isLessThan(GRADIENT_TOLERANCE);
      }
    }
  }

  @Test
  void gradientsOfALossWithRegularizersAreThoseOfDeeplearning4j() {
    Regularization regularization = new Regularization(0, new OutputRegularizers(0.8, 0.4));
    gradientsAgree(
        Architectures.configuration(
            Architecture.SMALL_CNN, 8, CLASSES, regularization, Networks.SGD, 5),
        8);
  }

  @ParameterizedTest
  @EnumSource(
      value = Architecture.class,
      names = {"SMALL_CNN", "WIDE_RESNET_28_2"})
  void fiveStepsOfTrainingEndWhereDeeplearning4jEnds(Architecture architecture) {
    ComputationGraphConfiguration configuration =
        Architectures.configuration(architecture, 8, CLASSES, Sgd.of(0.01, 0.9, 5e-4, 5), 5);
    ComputationGraph plain = plain(configuration);
    ComputationGraph fast = fast(configuration);
    INDArray start = plain.params().dup();
    for (int step = 0; step < 5; step++) {
      plain.fit(minibatch(IMAGES + step % 2, 8));
      fast.fit(minibatch(IMAGES + step % 2, 8));
    }

    // Running means and variances are parameters too. What is compared is the way gone.
    assertThat(distance(fast.params().sub(start), plain.params().sub(start))).isLessThan(5e-3);
    assertThat(distance(momentum(fast), momentum(plain))).isLessThan(5e-3);
    assertThat(fast.score()).isEqualTo(plain.score(), within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({
    "SMALL_CNN, 8, 1", "SMALL_CNN, 20, 5",
    "CNN_13, 8, 2", "CNN_13, 32, 3",
    "WIDE_RESNET_28_2, 8, 1", "WIDE_RESNET_28_2, 33, 4",
    "RESNET_18, 40, 2", "RESNET_50, 33, 1"
  })
  void probabilitiesAreThoseOfDeeplearning4j(
      Architecture architecture, int imageSize, int batchSize) {
    ComputationGraph network =
        plain(
            Architectures.configuration(
                architecture, imageSize, CLASSES, Sgd.of(0.01, 0.9, 5e-4, 9), 5));
    // Otherwise batch norms would still change nothing.
    network.fit(minibatch(IMAGES, imageSize));
    network.fit(minibatch(IMAGES, imageSize));
    NetworkSnapshot snapshot = NetworkSnapshot.of(network);
    float[] planes = Networks.input(batchSize, imageSize).data().asFloat();

    try (Predictor plain = snapshot.predictor(Engine.DEEPLEARNING4J, batchSize, imageSize);
        Predictor fast = snapshot.predictor(Engine.ONEDNN, batchSize, imageSize)) {
      assertThat(fast).isNotInstanceOf(PlainPredictor.class);
      assertThat(plain).isInstanceOf(PlainPredictor.class);
      float[] expected = plain.probabilities(planes);
      assertThat(expected).doesNotContain(Float.NaN).hasSize(batchSize * CLASSES);
      assertThat(fast.probabilities(planes)).containsExactly(expected, within(2e-6f));
    }
  }

  @Test
  void severalProgramsAtOnceComputeWhatOneAloneDoes() throws Exception {
    String alone = trained();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<String>> together = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        together.add(threads.submit(OneDnnParityTest::trained));
      }
      for (Future<String> other : together) {
        assertThat(other.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  // A network that a worker keeps is trained by another thread in each round.
  @ParameterizedTest
  @EnumSource(Architecture.class)
  void anotherThreadComputesWhatTheOneThatBeganDoes(Architecture architecture) throws Exception {
    int imageSize = 33;
    ComputationGraphConfiguration configuration =
        Architectures.configuration(
            architecture,
            imageSize,
            CLASSES,
            new Regularization(0, OutputRegularizers.NONE),
            Networks.SGD,
            5);
    ComputationGraph expected = fast(configuration);
    ComputationGraph moving = fast(configuration);
    MultiDataSet minibatch = minibatch(IMAGES, imageSize);
    for (int step = 0; step < 3; step++) {
      expected.fit(minibatch);
      Thread thread = new Thread(() -> moving.fit(minibatch));
      thread.start();
      thread.join();
    }
    assertThat(NetworkSnapshot.of(moving).checksum())
        .isEqualTo(NetworkSnapshot.of(expected).checksum());
  }

  // With dropout, whose draws follow from the thread's seed alone.
  private static String trained() {
    ComputationGraph network =
        fast(Architectures.configuration(Architecture.CNN_13, 8, CLASSES, Networks.SGD, 5));
    Nd4j.getRandom().setSeed(9);
    for (int step = 0; step < 3; step++) {
      network.fit(minibatch(IMAGES, 8));
    }
    return NetworkSnapshot.of(network).checksum();
  }

  @Test
  void aLayerThatIsNotKnownLeavesTheNetworkToDeeplearning4j() {
    GraphBuilder graph = builder().addInputs("image");
    graph
        .addLayer("hidden", new DenseLayer.Builder().nOut(5).build(), "image")
        .addLayer(
            "class",
            new OutputLayer.Builder().nOut(CLASSES).activation(Activation.SOFTMAX).build(),
            "hidden")
        .setOutputs("class")
        .setInputTypes(InputType.convolutional(8, 8, 3));
    ComputationGraphConfiguration configuration = graph.build();
    ComputationGraph plain = plain(configuration);
    ComputationGraph fast = fast(configuration);

    plain.fit(minibatch(IMAGES, 8));
    fast.fit(minibatch(IMAGES, 8));

    assertThat(fast.params()).isEqualTo(plain.params());
  }

  @Test
  void clippedGradientsAreLeftToDeeplearning4j() {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .updater(new Nesterovs(0.1, 0.9))
            .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
            .gradientNormalizationThreshold(1e-3)
            .graphBuilder();
    new LayerChain(graph, 0.1, PLAIN).convolution(3, 1, 8, ConvolutionMode.Same).classify(CLASSES);
    ComputationGraphConfiguration configuration =
        graph.setInputTypes(InputType.convolutional(8, 8, 3)).build();
    ComputationGraph plain = plain(configuration);
    ComputationGraph fast = fast(configuration);

    plain.fit(minibatch(IMAGES, 8));
    fast.fit(minibatch(IMAGES, 8));

    assertThat(fast.params()).isEqualTo(plain.params());
  }

  private static ComputationGraphConfiguration configured(
      Consumer<LayerChain> layers, int imageSize) {
    GraphBuilder graph = builder();
    layers.accept(new LayerChain(graph, 0.1, PLAIN));
    return graph.setInputTypes(InputType.convolutional(imageSize, imageSize, 3)).build();
  }

  private static GraphBuilder builder() {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .updater(new Nesterovs(0.1, 0.9))
        .graphBuilder();
  }

  private static ComputationGraph plain(ComputationGraphConfiguration configuration) {
    ComputationGraph network = new ComputationGraph(configuration.clone());
    network.init();
    return network;
  }

  private static ComputationGraph fast(ComputationGraphConfiguration configuration) {
    assertThat(OneDnnGraph.isAvailable()).isTrue();
    ComputationGraph network = new OneDnnGraph(configuration.clone());
    network.init();
    return network;
  }

  private static MultiDataSet minibatch(int images, int imageSize) {
    INDArray labels = Nd4j.zeros(images, CLASSES);
    for (int i = 0; i < images; i++) {
      // Rows that do not sum to 1: examples have weights.
      labels.putScalar(i, i % CLASSES, 0.5 + i);
    }
    return new MultiDataSet(Networks.input(images, imageSize), labels);
  }

  private static void computeGradients(ComputationGraph network, MultiDataSet minibatch) {
    network.initGradientsView();
    network.setInputs(minibatch.getFeatures());
    network.setLabels(minibatch.getLabels());
    network.computeGradientAndScore();
  }

  private static INDArray gradient(ComputationGraph network, Layer layer, String parameter) {
    long first = layer.getParam(parameter).offset();
    long length = layer.getParam(parameter).length();
    return network
        .gradient()
        .gradient()
        .reshape(network.numParams())
        .get(NDArrayIndex.interval(first, first + length));
  }

  private static INDArray momentum(ComputationGraph network) {
    return network.getUpdater().getStateViewArray();
  }

  private static double distance(INDArray actual, INDArray expected) {
    return actual.sub(expected).norm2Number().doubleValue() / expected.norm2Number().doubleValue();
  }
}
