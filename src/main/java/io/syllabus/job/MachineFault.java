package io.syllabus.job;

import io.syllabus.Text;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the operating system refuses a job, which a person can mend. */
enum MachineFault {
  FULL_DISK(
      "no space left|quota exceeded",
      "The disk is full",
      "free some space below the store or below spark.local.dir"),
  OPEN_FILES(
      "too many open files",
      "No more files can be open at once",
      "raise the limit, with ulimit -n 4096 for example,"),
  WORK_FILES(
      "(NoSuchFile|FileNotFound)Exception: .*/(blockmgr|spark)-[0-9a-f-]{36}\\b",
      "Work files of Spark's are gone",
      "something cleans up that folder while jobs run: name another with spark.local.dir"),
  READ_ONLY(
      "read-only file system",
      "A file system can only be read",
      "have it mounted for writing, or name another folder"),
  FOLDER(
      "mkdirs failed to create",
      "A folder cannot be made",
      "see that the user of this process may write there, or name another,"),
  // A local path: a store's own words for it are about credentials.
  PERMISSION(
      "AccessDeniedException: (file:)?/|\\(permission denied\\)",
      "The user of this process has no permission",
      "grant it, or name another folder"),
  ADDRESS(
      "cannot assign requested address",
      "This machine does not have an address that Spark is told to listen at",
      "correct or unset SPARK_LOCAL_IP, spark.driver.bindAddress or spark.driver.host"),
  PORT(
      "address already in use",
      "A port that Spark is told to listen at is taken",
      "name others, or 0 for any, with spark.driver.port and spark.blockManager.port");

  private final Pattern words;
  private final String fault;
  private final String advice;

  MachineFault(String words, String fault, String advice) {
    this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    this.fault = fault;
    this.advice = advice;
  }

  /** The sentence for the first of the causes that is such a fault. */
  static Optional<String> sentence(List<Throwable> causes) {
    for (Throwable cause : causes) {
      for (MachineFault kind : values()) {
        if (cause instanceof IOException && kind.words.matcher(cause.toString()).find()) {
          return Optional.of(kind.sentence(cause));
        }
      }
    }
    return Optional.empty();
  }

  private String sentence(Throwable cause) {
    return Text.format(
        "%s (%s): %s and start again; what was written before is intact",
        fault, cause.getMessage(), advice);
  }
}
