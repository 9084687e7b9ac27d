package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkMemoryTest {
  /** What a process had more of in resident memory after two steps of training than before. */
  @ParameterizedTest
  @CsvSource({
    "SMALL_CNN, 32, 64, 10, 42",
    "WIDE_RESNET_28_2, 32, 64, 10, 349",
    "CNN_13, 32, 64, 10, 489",
    "RESNET_18, 224, 16, 1000, 736",
    "RESNET_50, 224, 8, 1000, 1546"
  })
  void isWhatWasMeasuredOrSomewhatMore(
      Architecture architecture, int imageSize, int batch, int classes, double megabytes) {
    NetworkMemory memory = NetworkMemory.of(architecture, imageSize, classes, Engine.ONEDNN);

    assertThat(memory.trainingBytes(batch) / 1e6).isBetween(megabytes, 2.2 * megabytes);
    assertThat(memory.scoringBytes(batch)).isLessThan(memory.trainingBytes(batch));
  }

  @ParameterizedTest
  @CsvSource({"SMALL_CNN, 32, 10, 0.38", "RESNET_50, 224, 1000, 102"})
  void weightsTakeFourBytesEach(
      Architecture architecture, int imageSize, int classes, double megabytes) {
    NetworkMemory memory = NetworkMemory.of(architecture, imageSize, classes, Engine.ONEDNN);

    assertThat(memory.weightBytes() / 1e6).isBetween(0.99 * megabytes, 1.02 * megabytes);
  }
}
