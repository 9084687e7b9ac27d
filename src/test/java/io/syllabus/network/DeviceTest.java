package io.syllabus.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.config.NetworkSettings.Device;
import io.syllabus.config.SettingsException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {
  private static final Gpu V100 = new Gpu(0, "Tesla V100-SXM2-16GB", 16_160, 7, 0);
  private static final Gpu H200 = new Gpu(0, "NVIDIA H200", 143_771, 9, 0);
  private static final Optional<List<Gpu>> NO_DRIVER = Optional.empty();

  @Test
  void takesAGpuThatTheLibraryCanDrive() {
    for (Device asked : List.of(Device.AUTO, Device.GPU)) {
      io.syllabus.network.Device device = choose(asked, true, Optional.of(List.of(V100)));

      assertThat(device.isGpu()).isTrue();
      assertThat(device.description())
          .isEqualTo("on GPU 0, Tesla V100-SXM2-16GB, 16,160 MB, compute capability 7.0");
    }
  }

  @Test
  void takesTheProcessorWhereItIsAskedFor() {
    io.syllabus.network.Device device = choose(Device.CPU, true, Optional.of(List.of(V100)));

    assertThat(device.isGpu()).isFalse();
    assertThat(device.description()).isEqualTo("on the processor");
  }

  @Test
  void doesNotSpeakOfGpusWhereNobodyHasOne() {
    assertThat(choose(Device.AUTO, false, NO_DRIVER).description()).isEqualTo("on the processor");
  }

  @Test
  void refusesOrSaysWhyItIsNotAGpu() {
    assertObstacle(
        false, Optional.of(List.of(V100)), "this build has no CUDA; mvn package -Pcuda makes one");
    assertObstacle(true, NO_DRIVER, "there is no NVIDIA driver (nvidia-smi does not answer)");
    assertObstacle(true, Optional.of(List.of()), "the NVIDIA driver has no GPU");
    assertObstacle(
        true,
        Optional.of(List.of(H200)),
        "nd4j-cuda-11.6 has no code for GPU 0, NVIDIA H200, 143,771 MB, compute capability 9.0; it"
            + " has for 3.7 to 8.9");
  }

  private static void assertObstacle(boolean hasCuda, Optional<List<Gpu>> gpus, String obstacle) {
    assertThat(choose(Device.AUTO, hasCuda, gpus).description())
        .startsWith("on the processor, since " + obstacle);
    assertThatThrownBy(() -> choose(Device.GPU, hasCuda, gpus))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("network.device = gpu cannot be had: " + obstacle);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 5, false",
    "3, 7, true",
    "8, 6, true",
    "8, 9, true",
    "9, 0, false",
    "12, 0, false"
  })
  void knowsWhatTheLibraryHasCodeFor(int major, int minor, boolean supported) {
    assertThat(new Gpu(0, "GPU", 1, major, minor).isSupported()).isEqualTo(supported);
  }

  @Test
  void readsWhatTheDriverSays() {
    String said = "0, Tesla V100-SXM2-16GB, 16160, 7.0\\n1, NVIDIA A10, 23028, 8.6\\n";

    assertThat(Gpu.find(List.of("printf", said)))
        .contains(List.of(V100, new Gpu(1, "NVIDIA A10", 23_028, 8, 6)));
    assertThat(Gpu.find(List.of("false"))).isEmpty();
    assertThat(Gpu.find(List.of("no-such-command"))).isEmpty();
  }

  private static io.syllabus.network.Device choose(
      Device asked, boolean hasCuda, Optional<List<Gpu>> gpus) {
    return io.syllabus.network.Device.choose(asked, hasCuda, gpus);
  }
}
