package io.syllabus.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.syllabus.Text;
import io.syllabus.data.BadDataException;
import io.syllabus.store.WholeFiles;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Reads the JSON files that a run consists of. */
final class RunFile {
  private RunFile() {}

  /** Makes something of a file's text. */
  @FunctionalInterface
  interface Reading<T> {
    T of(String text) throws JsonProcessingException;
  }

  /**
   * Reads a file; empty where there is none.
   *
   * @throws BadDataException where it is damaged
   */
  static <T> Optional<T> read(String file, Reading<T> reading, Configuration hadoop)
      throws IOException {
    Optional<String> text = WholeFiles.find(file, hadoop);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reading.of(text.get()));
    } catch (BadDataException e) {
      throw e;
    } catch (JsonProcessingException | RuntimeException e) {
      throw new BadDataException(
          Text.format(
              "%s is damaged (%s): bring it back from a copy, begin its run anew with jobs/self-train"
                  + " --restart, or delete the run with jobs/runs --delete",
              file, reason(e)),
          e);
    }
  }

  private static String reason(Exception e) {
    if (e instanceof JsonProcessingException json) {
      return json.getOriginalMessage();
    }
    return e instanceof NullPointerException ? "something is missing in it" : e.getMessage();
  }
}
