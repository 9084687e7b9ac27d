package io.syllabus.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.syllabus.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to a store, which one run at a time has.
 *
 * <p>Locks are numbered files; whoever created the one with the highest number holds the store,
 * until he says that he is done or falls silent. A successor never touches that file but creates
 * the next, which only one can do: so of many that find a lock abandoned one takes it over, and a
 * holder that was thought dead finds a higher number and knows that he has lost it.
 *
 * <p>Local disks and HDFS create a file for one of many that try. S3 keeps what the last of them
 * wrote: there whoever has created the file waits for as long as a request may take, and holds the
 * store if the file is still his. Later, too, a holder who finds another's name in it has lost it.
 */
public final class StoreLock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StoreLock.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".json";
  private static final int BEATS_WATCHED = 3;

  private final Path folder;
  private final Configuration hadoop;
  private final Pace pace;
  private final Runnable lost;
  private final long number;
  private final ScheduledFuture<?> pulse;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "store-lock");
            thread.setDaemon(true);
            return thread;
          });

  @GuardedBy("this")
  private Holder self;

  @GuardedBy("this")
  private long lastBeat = System.nanoTime();

  /**
   * How fast a lock lives.
   *
   * @param beat after which time its holder says again that it lives
   * @param silence after which time it is taken for dead
   */
  public record Pace(Duration beat, Duration silence) {
    /** A sign of life every five seconds; dead after a minute without one. */
    public static final Pace USUAL = new Pace(Duration.ofSeconds(5), Duration.ofMinutes(1));
  }

  private StoreLock(
      Path folder, Configuration hadoop, Pace pace, Runnable lost, long number, Holder self) {
    this.folder = folder;
    this.hadoop = hadoop;
    this.pace = pace;
    this.lost = lost;
    this.number = number;
    this.self = self;
    long millis = pace.beat().toMillis();
    this.pulse = heart.scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Takes the store for a run: at once where the last holder's process would be seen and is gone.
   * Of any other only a silence counts; takes three beats more where it has been silent.
   *
   * @param lost called, at most once and on a thread of the lock, when it is lost: another run goes
   *     on by then, or soon will
   * @throws StoreLockedException where another run has it
   */
  public static StoreLock acquire(
      Store store, String run, Configuration hadoop, Pace pace, Runnable lost) throws IOException {
    Path folder = new Path(store.locks());
    while (true) {
      OptionalLong last = highest(folder, hadoop);
      if (last.isPresent()) {
        refuseIfHeld(store, file(folder, last.getAsLong()), hadoop, pace);
      }
      long next = last.orElse(0) + 1;
      Holder self = Holder.here(run);
      if (WholeFiles.create(file(folder, next), bytes(self), hadoop)
          && highest(folder, hadoop).orElseThrow() == next
          && isStillOf(self, file(folder, next), hadoop, pace)) {
        deleteBelow(next, folder, hadoop);
        return new StoreLock(folder, hadoop, pace, lost, next, self);
      }
      // Another was faster, and is found to live in the next round.
    }
  }

  private static boolean isStillOf(Holder holder, Path file, Configuration hadoop, Pace pace)
      throws IOException {
    if (!WholeFiles.isObjectStore(file.getFileSystem(hadoop))) {
      return true;
    }
    sleep(pace.beat());
    return read(file, hadoop).filter(holder::isSame).isPresent();
  }

  /**
   * The run that holds a store; empty where none does. Takes no time: who was last heard of longer
   * ago than {@link Pace#USUAL} allows is taken for dead.
   */
  public static Optional<String> holder(Store store, Configuration hadoop) throws IOException {
    Path folder = new Path(store.locks());
    OptionalLong last = highest(folder, hadoop);
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Path file = file(folder, last.getAsLong());
    Optional<Holder> holder = read(file, hadoop);
    return holder.isPresent() && seemsAlive(holder.get(), file, hadoop, Pace.USUAL)
        ? holder.map(Holder::run)
        : Optional.empty();
  }

  private static void refuseIfHeld(Store store, Path file, Configuration hadoop, Pace pace)
      throws IOException {
    Optional<Holder> holder = read(file, hadoop);
    if (holder.isPresent() && isAlive(holder.get(), file, hadoop, pace)) {
      throw new StoreLockedException(
          Text.format(
              "The store %s is in use: %s; wait until it is done, or name another store",
              store.root(), holder.get().sentence()));
    }
  }

  private static boolean isAlive(Holder holder, Path file, Configuration hadoop, Pace pace)
      throws IOException {
    return seemsAlive(holder, file, hadoop, pace)
        || (!holder.released() && !holder.isGone() && beatsAgain(holder, file, hadoop, pace));
  }

  private static boolean seemsAlive(Holder holder, Path file, Configuration hadoop, Pace pace)
      throws IOException {
    if (holder.released() || holder.isGone()) {
      return false;
    }
    return holder.isRunning() || age(file, hadoop) < pace.silence().toMillis();
  }

  // By the clock that dates files, which need not be this machine's; by this one's where nothing
  // may be written.
  private static long age(Path file, Configuration hadoop) throws IOException {
    FileSystem files = WholeFiles.system(file, hadoop);
    long beat = files.getFileStatus(file).getModificationTime();
    Path probe = new Path(file.getParent(), ".now-" + UUID.randomUUID());
    try {
      files.create(probe).close();
      long now = files.getFileStatus(probe).getModificationTime();
      files.delete(probe, false);
      return now - beat;
    } catch (IOException e) {
      log.debug("Cannot ask for the time of {}", file, e);
      return System.currentTimeMillis() - beat;
    }
  }

  // A clock may be wrong: what counts is whether the holder is heard of again.
  private static boolean beatsAgain(Holder holder, Path file, Configuration hadoop, Pace pace)
      throws IOException {
    for (int beat = 0; beat < BEATS_WATCHED; beat++) {
      sleep(pace.beat());
      Optional<Holder> now = read(file, hadoop);
      if (now.isEmpty() || now.get().beats() != holder.beats()) {
        return true;
      }
    }
    return false;
  }

  private void beat() {
    try {
      if (highest(folder, hadoop).orElse(number) > number) {
        lose("another run has taken the store over");
        return;
      }
      if (WholeFiles.isObjectStore(folder.getFileSystem(hadoop)) && isOfAnother()) {
        lose("another run took the store at the same time");
        return;
      }
      say(Holder::beat);
    } catch (IOException | RuntimeException e) {
      log.warn("Cannot renew the lock " + file(folder, number), e);
      if (silence().compareTo(pace.silence()) > 0) {
        lose("its file cannot be written: " + e.getMessage());
      }
    }
  }

  private boolean isOfAnother() throws IOException {
    Optional<Holder> found = read(file(folder, number), hadoop);
    synchronized (this) {
      return found.isPresent() && !found.get().isSame(self);
    }
  }

  private synchronized Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastBeat);
  }

  private synchronized void say(UnaryOperator<Holder> change) throws IOException {
    self = change.apply(self);
    WholeFiles.write(file(folder, number).toString(), bytes(self), hadoop);
    lastBeat = System.nanoTime();
  }

  private void lose(String reason) {
    log.error("The lock {} is lost: {}", file(folder, number), reason);
    stopPulse();
    lost.run();
  }

  /** Lets the next run have the store. */
  @Override
  public void close() throws IOException {
    stopPulse();
    if (highest(folder, hadoop).orElse(number) == number) {
      say(Holder::release);
    }
  }

  private void stopPulse() {
    pulse.cancel(false);
    heart.shutdown();
  }

  private static OptionalLong highest(Path folder, Configuration hadoop) throws IOException {
    return numbers(folder, hadoop).max();
  }

  private static void deleteBelow(long number, Path folder, Configuration hadoop)
      throws IOException {
    FileSystem files = WholeFiles.system(folder, hadoop);
    for (long old : numbers(folder, hadoop).filter(n -> n < number).toArray()) {
      files.delete(file(folder, old), false);
    }
  }

  private static LongStream numbers(Path folder, Configuration hadoop) throws IOException {
    return WholeFiles.list(folder, hadoop).stream()
        .map(status -> status.getPath().getName())
        .filter(name -> name.matches("\\d+\\" + SUFFIX))
        .mapToLong(name -> Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
  }

  private static Path file(Path folder, long number) {
    return new Path(folder, Text.format("%019d%s", number, SUFFIX));
  }

  // Empty where the file has gone, or its creator died before it wrote.
  private static Optional<Holder> read(Path file, Configuration hadoop) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        return Optional.of(JSON.readValue(WholeFiles.read(file.toString(), hadoop), Holder.class));
      } catch (FileNotFoundException e) {
        return Optional.empty();
      } catch (JsonProcessingException e) {
        if (attempt == 10) {
          return Optional.empty();
        }
        sleep(Duration.ofMillis(100));
      }
    }
  }

  private static byte[] bytes(Holder holder) throws IOException {
    return JSON.writerWithDefaultPrettyPrinter()
        .writeValueAsString(holder)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void sleep(Duration duration) {
    try {
      TimeUnit.MILLISECONDS.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the store", e);
    }
  }
}
