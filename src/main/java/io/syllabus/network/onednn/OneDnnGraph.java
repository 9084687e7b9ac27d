package io.syllabus.network.onednn;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.CpuBackend;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A Deeplearning4j network whose gradients oneDNN computes, layer after layer in oneDNN's own
 * layouts. Configuration, parameters, optimizer and files are Deeplearning4j's; a network with a
 * layer that is not known here computes as Deeplearning4j does.
 */
public final class OneDnnGraph extends ComputationGraph {
  private static final long serialVersionUID = 1L;
  private transient Optional<Layers> operations = Optional.empty();
  private transient Optional<NesterovStep> optimizer = Optional.empty();
  private transient TrainingStep step;
  private transient long[] shape = {};
  private transient INDArray[] labels = {};

  /** Whether this JVM computes on processors, and has oneDNN's own API for them. */
  public static boolean isAvailable() {
    return Nd4j.getBackend() instanceof CpuBackend && OneDnn.isLoaded();
  }

  public OneDnnGraph(ComputationGraphConfiguration configuration) {
    super(configuration);
  }

  @Override
  public void init(INDArray parameters, boolean cloneParametersArray) {
    super.init(parameters, cloneParametersArray);
    operations = Layers.of(this);
    optimizer = operations.isPresent() ? NesterovStep.of(this) : Optional.empty();
  }

  @Override
  public void fit(INDArray[] images, INDArray[] rows, INDArray[] imageMasks, INDArray[] rowMasks) {
    if (optimizer.isEmpty() || imageMasks != null || rowMasks != null) {
      super.fit(images, rows, imageMasks, rowMasks);
      return;
    }
    if (flattenedGradients == null) {
      initGradientsView();
    }
    setInputs(images);
    setLabels(rows);
    double loss = computeGradients();
    getListeners().forEach(listener -> listener.onGradientCalculation(this));
    int iteration = configuration.getIterationCount();
    double penalty =
        optimizer
            .get()
            .apply(
                vector(flattenedParams),
                vector(flattenedGradients),
                vector(getUpdater().getStateViewArray()),
                images[0].size(0),
                iteration);
    score = loss + penalty;
    getListeners().forEach(listener -> listener.iterationDone(this, iteration, 0));
    configuration.setIterationCount(iteration + 1);
  }

  private static FloatPointer vector(INDArray array) {
    return new FloatPointer(array.data().pointer());
  }

  @Override
  public void setLabels(INDArray... labels) {
    super.setLabels(labels);
    this.labels = labels.clone();
  }

  @Override
  public void computeGradientAndScore(LayerWorkspaceMgr workspaces) {
    computeGradientAndScore();
  }

  @Override
  public void computeGradientAndScore() {
    if (operations.isEmpty()) {
      super.computeGradientAndScore();
      return;
    }
    score = computeGradients() + calcRegularizationScore(true);
  }

  // The mean loss of the images.
  private double computeGradients() {
    INDArray images = getInput(0);
    INDArray rows = labels[0];
    prepare(images.shape());
    double loss =
        step.run(
            new Address(images.data().address()),
            rows.data().asFloat(),
            Nd4j.getRandom().nextLong());
    gradient = new DefaultGradient(flattenedGradients);
    return loss / images.size(0);
  }

  private void prepare(long[] minibatch) {
    if (step == null || !Arrays.equals(shape, minibatch)) {
      release();
      shape = minibatch;
      step =
          new TrainingStep(
              operations.orElseThrow(),
              flattenedParams.data().address(),
              flattenedGradients.data().address(),
              minibatch);
    }
  }

  @Override
  public void close() {
    release();
    super.close();
  }

  private void release() {
    if (step != null) {
      step.close();
      step = null;
    }
  }
}
