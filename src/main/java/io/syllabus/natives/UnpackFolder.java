package io.syllabus.natives;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where native libraries are unpacked. They take half a gigabyte and stay for the next Java; a
 * folder will do if files in it can be written and run, so none on a file system mounted noexec.
 */
final class UnpackFolder {
  /** The environment's name of the folder, which goes over all others. */
  static final String VARIABLE = "SYLLABUS_NATIVES";

  /** JavaCPP's own property, for those who know it. */
  static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

  private UnpackFolder() {}

  /**
   * The folder that the user names, else JavaCPP's of this user, else one in the temporary folder.
   *
   * @throws SettingsException where none will do
   */
  static Path find() {
    Optional<Path> named =
        Stream.of(System.getenv(VARIABLE), System.getProperty(PROPERTY))
            .filter(value -> value != null && !value.isBlank())
            .map(Path::of)
            .findFirst();
    return named.isPresent() ? find(List.of(named.get()), true) : find(usual(), false);
  }

  private static List<Path> usual() {
    Path home = Path.of(System.getProperty("user.home"));
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    // A user without a home has "?" or a folder that is not there.
    return Stream.of(
            home.isAbsolute() ? home.resolve(".javacpp/cache") : null,
            temporary.resolve("syllabus-natives-" + System.getProperty("user.name")))
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * The first folder that will do; it is made where it is not there.
   *
   * @param areTrusted whether it may belong to another user
   * @throws SettingsException where none will, with the reason of each
   */
  static Path find(List<Path> candidates, boolean areTrusted) {
    List<String> obstacles = new ArrayList<>();
    for (Path candidate : candidates) {
      Path folder = candidate.toAbsolutePath().normalize();
      try {
        Optional<String> obstacle = obstacle(folder, areTrusted);
        if (obstacle.isEmpty()) {
          return folder.toRealPath();
        }
        obstacles.add(folder + " " + obstacle.get());
      } catch (IOException e) {
        obstacles.add(folder + " cannot be written (" + reason(e) + ")");
      }
    }
    throw refusal(String.join("; ", obstacles));
  }

  /** Says that a folder did not take what was unpacked to it. */
  static SettingsException refusal(Path folder, IOException failure) {
    return refusal(folder + " does not take them (" + reason(failure) + ")");
  }

  private static SettingsException refusal(String why) {
    return new SettingsException(
        List.of(
            Text.format(
                "Native libraries have nowhere to be unpacked: %s. Set the environment variable %s"
                    + " to a folder that can be written, where programs may run, with 600 MB free",
                why, VARIABLE)));
  }

  private static Optional<String> obstacle(Path folder, boolean isTrusted) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "runs", "");
    try {
      // Who owns the folder can put other libraries there: in /tmp another may have been first.
      if (!isTrusted && !Files.getOwner(file).equals(Files.getOwner(folder))) {
        return Optional.of("belongs to " + Files.getOwner(folder));
      }
      if (!file.toFile().setExecutable(true) || !Files.isExecutable(file)) {
        return Optional.of("is on a file system mounted noexec, where no library can be loaded");
      }
      return Optional.empty();
    } finally {
      Files.delete(file);
    }
  }

  // The message is often the name of the file and no more.
  private static String reason(IOException e) {
    String why = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
    return why == null ? e.getClass().getSimpleName() : why;
  }
}
