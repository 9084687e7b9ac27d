package io.syllabus.job;

import java.net.URI;
import java.nio.file.Path;

/** Where a job logs to. */
final class LogFile {
  /** In the run's folder. */
  static final String NAME = "log.txt";

  private LogFile() {}

  /** In the run's folder; below the temporary folder where the store is on no local disk. */
  static Path ofRun(String store, String runId) {
    Path file = Path.of("runs", runId, NAME);
    boolean hasScheme = store.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
    if (!hasScheme) {
      return Path.of(store).resolve(file);
    }
    URI uri = URI.create(store);
    return uri.getScheme().equals("file")
        ? Path.of(uri.getPath()).resolve(file)
        : ofJob("self-train-" + runId);
  }

  /** Below the temporary folder, for a job that writes into no run. */
  static Path ofJob(String name) {
    return Path.of(System.getProperty("java.io.tmpdir"), "syllabus-" + name + ".log");
  }
}
