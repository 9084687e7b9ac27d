package io.syllabus.store;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who holds a store, as the lock's file says it.
 *
 * @param processes the host's or container's set of processes that the number is of; empty where
 *     the platform does not say
 * @param process number of the holder's process
 * @param startMillis when the process began, since 1970; 0 where the platform does not say
 * @param sinceMillis when it took the lock, since 1970
 * @param beats how often it said since that it lives
 * @param released whether it is done
 */
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

  /** Whether this process could see the holder's. */
  boolean isNeighbour() {
    return host.equals(hostName()) && processes.equals(processesHere());
  }

  /** Whether its process lives; to be asked of a neighbour. */
  boolean isRunning() {
    return ProcessHandle.of(process)
        .map(found -> startMillis == 0 || startMillis(found) == startMillis)
        .orElse(false);
  }

  /** Who holds what since when. */
  String sentence() {
    return String.format(
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
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
