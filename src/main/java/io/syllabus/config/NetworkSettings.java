package io.syllabus.config;

/** What is trained: the keys under {@code network}. */
public record NetworkSettings(Architecture architecture) {

  /** The architectures by the name that settings give them: {@code small-cnn} and so on. */
  public enum Architecture {
    SMALL_CNN,
    CNN_13,
    WIDE_RESNET_28_2
  }
}
