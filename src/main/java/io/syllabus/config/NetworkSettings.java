package io.syllabus.config;

import java.util.Optional;

/**
 * What is trained, and what computes it: the keys under {@code network}.
 *
 * @param dropout empty where the architecture decides
 * @param weights a file with a network, in place of the architecture
 */
public record NetworkSettings(
    Architecture architecture,
    Device device,
    Engine engine,
    Optional<Double> dropout,
    Optional<String> weights) {

  /** The architectures by the name that settings give them: {@code small-cnn} and so on. */
  public enum Architecture {
    SMALL_CNN,
    CNN_13,
    WIDE_RESNET_28_2,
    RESNET_18,
    RESNET_50
  }

  /** What networks are computed on. */
  public enum Device {
    /** GPUs where there are some that can be used, else the processor. */
    AUTO,
    /** The processor. */
    CPU,
    /** GPUs, or nothing. */
    GPU
  }

  /** What computes a network on processors. */
  public enum Engine {
    /** oneDNN's own API, from the first layer to the last. */
    ONEDNN,
    /** Deeplearning4j's layers, one by one: the reference that the other is tested against. */
    DEEPLEARNING4J
  }
}
