package io.syllabus.network.onednn;

import java.util.Arrays;

/**
 * What a batch norm is once its statistics are fixed: a factor and a summand for each channel.
 *
 * @param scale [channels]
 * @param shift [channels]
 */
record ScaleShift(float[] scale, float[] shift) {

  /** No change. */
  static ScaleShift none(int channels) {
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    return new ScaleShift(ones, new float[channels]);
  }

  /** A batch norm by its running statistics. */
  static ScaleShift of(BatchNorm norm, float[] parameters) {
    float[] scaleAndShift = norm.scaleAndShift().of(parameters);
    float[] mean = norm.mean().of(parameters);
    float[] variance = norm.variance().of(parameters);
    float[] scale = new float[mean.length];
    float[] shift = new float[mean.length];
    for (int c = 0; c < mean.length; c++) {
      scale[c] = (float) (scaleAndShift[c] / Math.sqrt(variance[c] + norm.epsilon()));
      shift[c] = scaleAndShift[mean.length + c] - mean[c] * scale[c];
    }
    return new ScaleShift(scale, shift);
  }

  /** Convolution weights [channels, …] whose output is already scaled. */
  float[] fold(float[] weights) {
    int each = weights.length / scale.length;
    float[] folded = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      folded[i] = weights[i] * scale[i / each];
    }
    return folded;
  }
}
