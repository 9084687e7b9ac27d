package io.syllabus.natives;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.sun.jna.Platform;
import io.syllabus.config.SettingsException;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native libraries of this JVM: those of our own jars, unpacked to one folder and loaded by
 * absolute path. What the machine has installed, {@code LD_LIBRARY_PATH} and {@code
 * java.library.path} do not matter. Safe for many threads.
 */
public final class Natives {
  private static final Logger LOG = LoggerFactory.getLogger(Natives.class);

  private static final String TURBO_JPEG = "turbojpeg";

  @GuardedBy("Natives.class")
  private static Optional<Path> folder = Optional.empty();

  private Natives() {}

  /**
   * Settles where JavaCPP and JNA take their libraries from. To be called before either is touched,
   * as by ND4J; after the first time it does nothing.
   *
   * @return the folder that libraries are unpacked to
   * @throws SettingsException where there is no folder that will do, or too little room in it
   */
  public static synchronized Path prepare() {
    if (folder.isEmpty()) {
      Path found = UnpackFolder.find();
      System.setProperty(UnpackFolder.PROPERTY, found.toString());
      unpackThoseOfJavaCpp(found);
      settleJna(found);
      LOG.info(
          "Native libraries are our own, unpacked to {}: {}",
          found,
          Versions.ofAll(resource(TURBO_JPEG)));
      folder = Optional.of(found);
    }
    return folder.get();
  }

  private static void unpackThoseOfJavaCpp(Path folder) {
    try {
      JavaCppLibraries.takeOnlyThoseOfJars();
    } catch (IOException e) {
      throw UnpackFolder.refusal(folder, e);
    }
  }

  // JNA by itself unpacks a file for each process, and asks the machine where it is told to.
  private static void settleJna(Path folder) {
    System.setProperty("jna.nosys", "true");
    System.setProperty("jna.tmpdir", folder.toString());
    try {
      Path library = unpackResource("com/sun/jna/" + resource("jnidispatch"));
      System.setProperty("jna.boot.library.path", library.getParent().toString());
    } catch (UnsatisfiedLinkError e) {
      LOG.info("JNA is left to itself: {}", e.getMessage());
    }
  }

  /**
   * Unpacks libjpeg-turbo.
   *
   * @return the file, by absolute path
   * @throws UnsatisfiedLinkError where no jar has it for this platform, or it cannot be written
   * @throws SettingsException where there is no folder that will do
   */
  public static Path turboJpeg() {
    prepare();
    return unpackResource(resource(TURBO_JPEG));
  }

  private static String resource(String library) {
    return Platform.RESOURCE_PREFIX + "/" + System.mapLibraryName(library);
  }

  private static Path unpackResource(String resource) {
    URL url = Natives.class.getClassLoader().getResource(resource);
    if (url == null) {
      throw new UnsatisfiedLinkError("no jar holds " + resource);
    }
    try {
      return Loader.cacheResource(url).toPath().toAbsolutePath();
    } catch (IOException e) {
      throw (Error)
          new UnsatisfiedLinkError("cannot unpack " + resource + ": " + e.getMessage())
              .initCause(e);
    }
  }
}
