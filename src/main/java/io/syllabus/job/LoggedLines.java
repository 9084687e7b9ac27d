package io.syllabus.job;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Takes what is printed, line by line. */
final class LoggedLines extends OutputStream {
  private final Consumer<String> log;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LoggedLines(Consumer<String> log) {
    this.log = log;
  }

  /**
   * Sends what libraries print as errors to the log, such as what threads of Spark's could not do
   * any more when it stopped.
   */
  static void takeErrors() {
    LoggedLines lines = new LoggedLines(LoggerFactory.getLogger("stderr")::warn);
    System.setErr(new PrintStream(lines, false, StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void write(int octet) {
    if (octet == '\n') {
      log.accept(line.toString(StandardCharsets.UTF_8).stripTrailing());
      line.reset();
    } else {
      line.write(octet);
    }
  }
}
