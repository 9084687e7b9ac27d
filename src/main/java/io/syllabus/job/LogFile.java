package io.syllabus.job;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a job logs to: a file of its run or of its user, that the user can write. */
final class LogFile {
  /** In the run's folder. */
  static final String NAME = "log.txt";

  private LogFile() {}

  /**
   * In the run's folder; where the store is on no local disk, or cannot be written, the user's log
   * of the job.
   */
  static Path ofRun(String store, String runId) {
    return localFolder(store)
        .map(root -> root.resolve("runs").resolve(runId).resolve(NAME))
        .filter(LogFile::canBeWritten)
        .orElseGet(() -> ofJob("self-train"));
  }

  /** The user's log of a job that writes into no run. */
  static Path ofJob(String name) {
    return ofJob(name, System.getenv());
  }

  /**
   * The user's log of a job: where programs keep what they tell of themselves (XDG Base Directory),
   * or in a temporary folder of the user's where that cannot be written.
   */
  static Path ofJob(String name, Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    String state = environment.getOrDefault("XDG_STATE_HOME", home + "/.local/state");
    Path usual = Path.of(state, "syllabus", name + ".log");
    return usual.isAbsolute() && canBeWritten(usual)
        ? usual
        : Path.of(
            System.getProperty("java.io.tmpdir"),
            "syllabus-" + System.getProperty("user.name"),
            name + ".log");
  }

  private static Optional<Path> localFolder(String store) {
    boolean hasScheme = store.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
    if (!hasScheme) {
      return Optional.of(Path.of(store));
    }
    URI uri = URI.create(store);
    return uri.getScheme().equals("file") ? Optional.of(Path.of(uri.getPath())) : Optional.empty();
  }

  // Makes nothing: a job that only looks at a store leaves no trace where there is none.
  private static boolean canBeWritten(Path file) {
    Path place = file.toAbsolutePath();
    if (Files.exists(place)) {
      return Files.isWritable(place);
    }
    while (!Files.exists(place)) {
      place = place.getParent();
    }
    return Files.isDirectory(place) && Files.isWritable(place);
  }
}
