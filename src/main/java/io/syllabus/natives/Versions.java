package io.syllabus.natives;

import com.sun.jna.Native;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;

/** The versions of the libraries in our jars, for the log. */
final class Versions {
  private static final Pattern IN_TURBO_JPEG = Pattern.compile("libjpeg-turbo version ([0-9.]+)");

  private Versions() {}

  /**
   * Name and version of each library that is there: "OpenBLAS 0.3.19-1.5.7, oneDNN 2.5.2-1.5.7".
   *
   * @param turboJpeg resource that is libjpeg-turbo
   */
  static String ofAll(String turboJpeg) {
    try {
      return found(turboJpeg);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read our own jars", e);
    }
  }

  private static String found(String turboJpeg) throws IOException {
    List<String> versions = new ArrayList<>();
    add(versions, "ND4J", ofJar("org.nd4j", "nd4j-native"));
    add(versions, "OpenBLAS", ofJar("org.bytedeco", "openblas"));
    add(versions, "oneDNN", ofJar("org.bytedeco", "dnnl"));
    add(versions, "HDF5", ofJar("org.bytedeco", "hdf5"));
    add(versions, "JavaCPP", ofJar("org.bytedeco", "javacpp"));
    add(versions, "JNA", Optional.of(Native.VERSION));
    add(versions, "libjpeg-turbo", ofTurboJpeg(turboJpeg));
    return String.join(", ", versions);
  }

  private static void add(List<String> versions, String library, Optional<String> version) {
    version.ifPresent(known -> versions.add(library + " " + known));
  }

  private static Optional<String> ofJar(String group, String artifact) throws IOException {
    return Optional.ofNullable(Loader.getVersion(group, artifact, Loader.class));
  }

  // Its jar is not ours as a whole, and its API has no question for it.
  private static Optional<String> ofTurboJpeg(String resource) throws IOException {
    try (InputStream library = Versions.class.getClassLoader().getResourceAsStream(resource)) {
      if (library == null) {
        return Optional.empty();
      }
      String text = new String(library.readAllBytes(), StandardCharsets.ISO_8859_1);
      Matcher version = IN_TURBO_JPEG.matcher(text);
      return version.find() ? Optional.of(version.group(1)) : Optional.empty();
    }
  }
}
