package io.syllabus.network;

import io.syllabus.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A GPU as NVIDIA's driver knows it.
 *
 * @param index by which the driver and CUDA address it
 * @param megabytes of its memory
 * @param major of its compute capability
 * @param minor of its compute capability
 */
record Gpu(int index, String name, int megabytes, int major, int minor) {
  private static final List<String> QUERY =
      List.of(
          "nvidia-smi",
          "--query-gpu=index,name,memory.total,compute_cap",
          "--format=csv,noheader,nounits");
  private static final Pattern LINE = Pattern.compile("(\\d+), (.+), (\\d+), (\\d+)\\.(\\d+)\\s*");

  // nd4j-cuda-11.6 holds machine code for 3.7 to 8.6 and none that a driver could compile anew:
  // newer ones of the same major run it (8.9), those of the next do not.
  private static final int LEAST = 37;
  private static final int END = 90;

  /** Those of this machine; empty where there is no driver. */
  static Optional<List<Gpu>> find() {
    return find(QUERY);
  }

  static Optional<List<Gpu>> find(List<String> command) {
    try {
      Process query =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said = new String(query.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return query.waitFor() == 0 ? Optional.of(parse(said)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static List<Gpu> parse(String lines) {
    List<Gpu> gpus = new ArrayList<>();
    Matcher line = LINE.matcher(lines);
    while (line.find()) {
      gpus.add(
          new Gpu(
              number(line, 1), line.group(2), number(line, 3), number(line, 4), number(line, 5)));
    }
    return gpus;
  }

  private static int number(Matcher line, int group) {
    return Integer.parseInt(line.group(group));
  }

  /** Whether the CUDA library has code for it. */
  boolean isSupported() {
    int capability = 10 * major + minor;
    return capability >= LEAST && capability < END;
  }

  @Override
  public String toString() {
    return Text.format(
        "GPU %d, %s, %,d MB, compute capability %d.%d", index, name, megabytes, major, minor);
  }
}
