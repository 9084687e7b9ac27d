package io.syllabus.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.syllabus.Text;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who holds a store, as the lock's file says it.
 *
 * @param processes the boot of a kernel, and its namespace, that the process's number is of; empty
 *     where the platform does not say. Locks of older builds lack the boot
 * @param process number of the holder's process
 * @param startMillis when the process began, since 1970; 0 where the platform does not say
 * @param sinceMillis when it took the lock, since 1970
 * @param beats how often it said since that it lives
 * @param released whether it is done
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Holder(
    String run,
    String user,
    String host,
    String processes,
    long process,
    long startMillis,
    long sinceMillis,
    long beats,
    boolean released) {

  /** This process. */
  static Holder here(String run) {
    ProcessHandle self = ProcessHandle.current();
    return new Holder(
        run,
        System.getProperty("user.name"),
        hostName(),
        processesHere(),
        self.pid(),
        startMillis(self),
        System.currentTimeMillis(),
        0,
        false);
  }

  /** Says once more that it lives. */
  Holder beat() {
    return with(beats + 1, false);
  }

  Holder release() {
    return with(beats, true);
  }

  private Holder with(long beatsNow, boolean releasedNow) {
    return new Holder(
        run, user, host, processes, process, startMillis, sinceMillis, beatsNow, releasedNow);
  }

  /** Whether it is the same process for the same run, whatever it has said since. */
  boolean isSame(Holder other) {
    return other.with(0, false).equals(with(0, false));
  }

  /**
   * Whether its process is known to have ended: it would be seen here, and is not. Hosts may share
   * a name, and a kernel may hide the processes of other users.
   */
  boolean isGone() {
    return isSeen() && ProcessHandle.of(process).isEmpty();
  }

  /** Whether its process is known to be there, however long it has been silent. */
  boolean isRunning() {
    return isSeen()
        && ProcessHandle.of(process)
            .filter(found -> startMillis == 0 || startMillis(found) == startMillis)
            .isPresent();
  }

  private boolean isSeen() {
    return !processes.isEmpty()
        && processes.equals(processesHere())
        && host.equals(hostName())
        && user.equals(System.getProperty("user.name"));
  }

  /** Who holds what since when. */
  String sentence() {
    return Text.format(
        "run %s of %s on %s, process %d, holds it since %s",
        run,
        user,
        host,
        process,
        Instant.ofEpochMilli(sinceMillis).truncatedTo(ChronoUnit.SECONDS));
  }

  private static long startMillis(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      // A host without a name of its own still has processes of its own.
      return "localhost";
    }
  }

  private static String processesHere() {
    try {
      // Of the kernel alone, the first namespace has the same number on every machine.
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
