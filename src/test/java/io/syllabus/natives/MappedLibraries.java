package io.syllabus.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a process has mapped of the libraries that Syllabus brings, and what tempts it to others.
 */
public final class MappedLibraries {
  private static final List<String> NAMES =
      List.of(
          "turbojpeg",
          "jnidispatch",
          "openblas",
          "openblas_nolapack",
          "dnnl",
          "nd4jcpu",
          "gomp",
          "omp",
          "iomp5",
          "tbb",
          "gfortran",
          "quadmath",
          "hdf5",
          "OpenCL",
          "jnijavacpp",
          "jniopenblas",
          "jnidnnl",
          "jnind4jcpu",
          "mkl_rt");
  private static final List<String> VERSIONS =
      List.of("", ".0", ".1", ".2", ".3", ".4", ".5", ".200");
  // Of each line what begins with the first slash.
  private static final Pattern FILE =
      Pattern.compile("(?<= )/.*/lib(?:" + String.join("|", NAMES) + ")\\.so.*");

  private MappedLibraries() {}

  /**
   * The files, each once.
   *
   * @param maps as in {@code /proc/PID/maps}
   */
  public static List<Path> in(String maps) {
    return FILE.matcher(maps).results().map(found -> Path.of(found.group())).distinct().toList();
  }

  /** Fills a folder for LD_LIBRARY_PATH with files of those names that are another library. */
  public static Path decoys(Path folder) throws IOException {
    Path other = Path.of(System.getProperty("java.home"), "lib", "libprefs.so");
    Files.createDirectories(folder);
    for (String name : NAMES) {
      for (String version : VERSIONS) {
        Files.copy(other, folder.resolve("lib" + name + ".so" + version));
      }
    }
    return folder;
  }
}
