package io.syllabus.network;

import io.syllabus.Text;
import io.syllabus.config.NetworkSettings;
import io.syllabus.config.SettingsException;
import io.syllabus.natives.Natives;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What networks are computed on.
 *
 * @param isGpu whether it is a GPU; otherwise it is the processor
 * @param description for people
 */
public record Device(boolean isGpu, String description) {
  private static final String CUDA = "org.nd4j.linalg.jcublas.JCublasBackend";
  private static final ThreadLocal<Integer> OF_THREAD = new ThreadLocal<>();
  private static final String CAPABILITIES = "3.7 to 8.9";

  /**
   * Chooses for this JVM, and tells ND4J, which must not have been touched before.
   *
   * @throws SettingsException where a GPU is asked for and none can be used, or where native
   *     libraries have nowhere to be unpacked
   */
  public static Device choose(NetworkSettings.Device asked) {
    Natives.prepare();
    boolean hasCuda = hasCuda();
    // Nobody who wants the processor waits for the driver.
    Optional<List<Gpu>> gpus = asked == NetworkSettings.Device.CPU ? Optional.empty() : Gpu.find();
    Device device = choose(asked, hasCuda, gpus);
    if (!device.isGpu && hasCuda) {
      CpuByChoice.prefer();
    }
    return device;
  }

  /**
   * @param gpus empty where there is no driver
   */
  static Device choose(NetworkSettings.Device asked, boolean hasCuda, Optional<List<Gpu>> gpus) {
    if (asked == NetworkSettings.Device.CPU) {
      return new Device(false, "on the processor");
    }
    Optional<String> obstacle = obstacle(hasCuda, gpus);
    if (obstacle.isEmpty()) {
      return new Device(true, "on " + gpus.orElseThrow().get(0));
    }
    if (asked == NetworkSettings.Device.GPU) {
      throw new SettingsException(
          List.of("network.device = gpu cannot be had: " + obstacle.orElseThrow()));
    }
    // Where there is a GPU its owner wonders why it is idle.
    boolean isWorthSaying = hasCuda || gpus.filter(found -> !found.isEmpty()).isPresent();
    return new Device(
        false, "on the processor" + (isWorthSaying ? ", since " + obstacle.orElseThrow() : ""));
  }

  private static Optional<String> obstacle(boolean hasCuda, Optional<List<Gpu>> gpus) {
    if (!hasCuda) {
      return Optional.of("this build has no CUDA; mvn package -Pcuda makes one that has");
    }
    if (gpus.isEmpty()) {
      return Optional.of("there is no NVIDIA driver (nvidia-smi does not answer)");
    }
    if (gpus.get().isEmpty()) {
      return Optional.of("the NVIDIA driver has no GPU");
    }
    return gpus.get().stream()
        .filter(gpu -> !gpu.isSupported())
        .findFirst()
        .map(
            gpu ->
                Text.format("nd4j-cuda-11.6 has no code for %s; it has for %s", gpu, CAPABILITIES));
  }

  /**
   * Has what this thread computes from now on computed on one of several GPUs. Any thread.
   *
   * @param gpu index of one
   */
  public static void use(int gpu) {
    if (!Integer.valueOf(gpu).equals(OF_THREAD.get())) {
      Nd4j.getAffinityManager().unsafeSetDevice(gpu);
      OF_THREAD.set(gpu);
    }
  }

  /** The GPU that this thread uses; empty where it was told none. */
  public static Optional<Integer> used() {
    return Optional.ofNullable(OF_THREAD.get());
  }

  private static boolean hasCuda() {
    try {
      Class.forName(CUDA, false, Thread.currentThread().getContextClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
