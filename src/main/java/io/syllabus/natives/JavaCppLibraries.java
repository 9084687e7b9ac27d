package io.syllabus.natives;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;

/**
 * What JavaCPP finds where one of its classes asks for a library.
 *
 * <p>By itself it also asks the machine: for names that no jar holds, such as another OpenMP
 * runtime or an older Fortran's, in the folders of {@code LD_LIBRARY_PATH} and of the system. And
 * each name is looked up beside the class that asks first: oneDNN's jar has no OpenMP runtime,
 * ND4J's has.
 */
final class JavaCppLibraries {
  /** The classes that ask, of those on the processor. A GPU's libraries may be the machine's. */
  private static final List<String> ASKING =
      List.of(
          "org.bytedeco.javacpp.presets.javacpp",
          "org.bytedeco.openblas.global.openblas_nolapack",
          "org.bytedeco.openblas.global.openblas",
          "org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu",
          "org.bytedeco.opencl.global.OpenCL",
          "org.bytedeco.dnnl.global.dnnl",
          "org.bytedeco.hdf5.global.hdf5");

  private JavaCppLibraries() {}

  /**
   * Has every name found in our jars, by whatever class it is asked for, or nowhere, and unpacks
   * what is found: JavaCPP would go on to the machine where it cannot. For the JVM, once, before
   * JavaCPP has loaded anything.
   *
   * @throws IOException where one cannot be unpacked
   */
  static void takeOnlyThoseOfJars() throws IOException {
    Map<String, URL[]> found = found();
    for (String name : ASKING) {
      try {
        Class<?> asking = Class.forName(name, false, JavaCppLibraries.class.getClassLoader());
        ClassProperties properties = Loader.loadProperties(asking, Loader.loadProperties(), true);
        for (String library : libraries(properties)) {
          URL[] inJars = inJars(Loader.findLibrary(asking, properties, library));
          found.merge(library, inJars, (first, other) -> first.length > 0 ? first : other);
        }
      } catch (ClassNotFoundException absent) {
        // Then nothing asks in its name.
      }
    }
    for (URL[] urls : found.values()) {
      if (urls.length > 0) {
        Loader.cacheResource(urls[0]);
      }
    }
  }

  // JavaCPP remembers here what it has found; where nothing was, it does not ask again.
  @SuppressWarnings("unchecked")
  private static Map<String, URL[]> found() {
    try {
      Field field = Loader.class.getDeclaredField("foundLibraries");
      field.setAccessible(true);
      return (Map<String, URL[]>) field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This JavaCPP keeps what it has found elsewhere", e);
    }
  }

  private static List<String> libraries(ClassProperties properties) {
    List<String> libraries = new ArrayList<>(properties.get("platform.preload"));
    libraries.addAll(properties.get("platform.link"));
    libraries.add(properties.getProperty("platform.library"));
    // What is to be seen by all libraries has a mark behind its name.
    libraries.replaceAll(name -> name.endsWith("!") ? name.substring(0, name.length() - 1) : name);
    return libraries;
  }

  private static URL[] inJars(URL[] urls) {
    return Arrays.stream(urls).filter(url -> url.getProtocol().equals("jar")).toArray(URL[]::new);
  }
}
