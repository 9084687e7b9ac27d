package io.syllabus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLockTest {
  private static final Configuration HADOOP = new Configuration();
  private static final StoreLock.Pace QUICK =
      new StoreLock.Pace(Duration.ofMillis(50), Duration.ofSeconds(2));
  private static final long NO_PROCESS = 999_999_999;

  @TempDir private Path folder;
  private Store store;

  @BeforeEach
  void open() throws IOException {
    store = Store.at(folder.toString(), HADOOP);
  }

  @Test
  void refusesASecondRunAndSaysWhoHasTheStore() throws IOException {
    try (StoreLock lock = acquire("first")) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> acquire("second"))
          .isInstanceOf(StoreLockedException.class)
          .hasMessageMatching(
              String.format(
                  "The store file:%s is in use: run first of %s on \\S+, process %d, holds it since"
                      + " \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ; wait until it is done, or"
                      + " name another store",
                  folder, System.getProperty("user.name"), ProcessHandle.current().pid()));
    }
  }

  @Test
  void isFreeOnceItIsReleased() throws IOException {
    acquire("first").close();
    acquire("second").close();
    acquire("third").close();
    assertThat(files()).containsExactly("0000000000000000003.json");
  }

  @Test
  void isTakenFromAProcessThatIsGone() throws IOException {
    write(7, holder(Holder.here("dead").host(), NO_PROCESS));
    try (StoreLock lock = acquire("next")) {
      assertThat(lock).isNotNull();
      assertThat(files()).containsExactly("0000000000000000008.json");
    }
  }

  @Test
  void isLeftToANamesakeMachineThatWasHeardOf() throws IOException {
    Holder here = Holder.here("other");
    String namespace = here.processes().split(" ", 2)[1];
    // The first namespace has one number on all machines, and older builds wrote nothing else.
    for (String processes : List.of("another-boot " + namespace, namespace, "")) {
      write(1, here.host(), processes);
      assertThatThrownBy(() -> acquire("next"))
          .as(processes)
          .isInstanceOf(StoreLockedException.class);
      assertThat(StoreLock.holder(store, HADOOP)).as(processes).contains("other");
    }
  }

  @Test
  void isTakenFromANamesakeMachineThatFellSilent() throws IOException {
    Path file = write(1, Holder.here("other").host(), "another-boot pid:[1]");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(600)));
    assertThat(StoreLock.holder(store, HADOOP)).isEmpty();
    acquire("next").close();
    assertThat(files()).containsExactly("0000000000000000002.json");
  }

  @Test
  void isNotTakenAtOnceFromAnotherUserWhoseProcessesMayBeHidden() throws IOException {
    Holder here = Holder.here("other");
    write(
        1,
        new Holder("other", "someone", here.host(), here.processes(), NO_PROCESS, 1, 1, 5, false));
    assertThatThrownBy(() -> acquire("next")).isInstanceOf(StoreLockedException.class);
  }

  @Test
  void isTakenFromAnotherHostThatFellSilent() throws IOException {
    Path file = write(1, holder("elsewhere", 1));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(600)));
    acquire("next").close();
    assertThat(files()).containsExactly("0000000000000000002.json");
  }

  @Test
  void isLeftToAnotherHostThatWasHeardOf() throws IOException {
    write(1, holder("elsewhere", 1));
    assertThatThrownBy(() -> acquire("next"))
        .isInstanceOf(StoreLockedException.class)
        .hasMessageContaining("on elsewhere, process 1, holds it since");
  }

  @Test
  void isLeftToAnotherHostWhoseClockIsSlowButWhoseHeartBeats() throws Exception {
    Path file = write(1, holder("elsewhere", 1));
    Instant longAgo = Instant.now().minusSeconds(600);
    Files.setLastModifiedTime(file, FileTime.from(longAgo));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<?> beats =
          other.submit(
              () -> {
                Holder holder = holder("elsewhere", 1);
                for (int i = 0; i < 20; i++) {
                  TimeUnit.MILLISECONDS.sleep(20);
                  holder = holder.beat();
                  Files.setLastModifiedTime(write(1, holder), FileTime.from(longAgo));
                }
                return null;
              });
      assertThatThrownBy(() -> acquire("next")).isInstanceOf(StoreLockedException.class);
      beats.get();
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void isTakenWhereItsFileWasNeverWritten() throws IOException {
    Files.createDirectories(folder.resolve("lock"));
    Files.createFile(folder.resolve("lock/0000000000000000004.json"));
    acquire("next").close();
    assertThat(files()).containsExactly("0000000000000000005.json");
  }

  @Test
  void beatsWhileItIsHeld() throws Exception {
    try (StoreLock lock = acquire("first")) {
      assertThat(lock).isNotNull();
      long before = read(1).beats();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (read(1).beats() < before + 3 && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(read(1).beats()).isGreaterThanOrEqualTo(before + 3);
    }
  }

  @Test
  void knowsThatItIsLostWhereAnotherTookItOver() throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    StoreLock lock = StoreLock.acquire(store, "first", HADOOP, QUICK, lost::countDown);
    write(2, holder("elsewhere", 1));
    assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
    lock.close();
    assertThat(read(2).released()).isFalse();
  }

  @Test
  void goesToOneOfManyThatTryAtOnce() throws Exception {
    int tries = 8;
    ExecutorService threads = Executors.newFixedThreadPool(tries);
    try {
      for (int round = 0; round < 20; round++) {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<StoreLock>> results = new ArrayList<>();
        for (int i = 0; i < tries; i++) {
          String run = "run-" + i;
          Callable<StoreLock> attempt =
              () -> {
                start.await();
                return acquire(run);
              };
          results.add(threads.submit(attempt));
        }
        start.countDown();
        List<StoreLock> held = new ArrayList<>();
        for (Future<StoreLock> result : results) {
          try {
            held.add(result.get());
          } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(StoreLockedException.class);
          }
        }
        assertThat(held).as("round %s", round).hasSize(1);
        held.get(0).close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private StoreLock acquire(String run) throws IOException {
    return StoreLock.acquire(
        store,
        run,
        HADOOP,
        QUICK,
        () -> {
          throw new AssertionError("lost the lock of " + run);
        });
  }

  private static Holder holder(String host, long process) {
    Holder here = Holder.here("other");
    return new Holder(
        "other", here.user(), host, here.processes(), process, 1, here.sinceMillis(), 5, false);
  }

  private Path write(long number, String host, String processes) throws IOException {
    return write(
        number,
        new Holder(
            "other", System.getProperty("user.name"), host, processes, NO_PROCESS, 1, 1, 5, false));
  }

  private Path write(long number, Holder holder) throws IOException {
    Path file = folder.resolve(String.format("lock/%019d.json", number));
    WholeFiles.write(file.toString(), new ObjectMapper().writeValueAsBytes(holder), HADOOP);
    return file;
  }

  private Holder read(long number) throws IOException {
    return new ObjectMapper()
        .readValue(folder.resolve(String.format("lock/%019d.json", number)).toFile(), Holder.class);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("lock"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
