package io.syllabus.benchmark;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The folder of Syllabus's sources: the one whose target/ these classes lie in. */
final class Home {
  private Home() {}

  static Path file(String relative) {
    try {
      Path classes =
          Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.getParent().getParent().resolve(relative);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The place of the tests' classes is no path", e);
    }
  }
}
