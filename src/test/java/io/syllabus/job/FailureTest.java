package io.syllabus.job;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.syllabus.config.SettingsException;
import io.syllabus.data.BadDataException;
import io.syllabus.spark.train.TrainingDivergedException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.memory.UnifiedMemoryManager;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures as they come out of Spark: three wrappers deep. */
class FailureTest {
  @Test
  void findsWrongSettings() {
    assertThat(wrapped(new SettingsException(List.of("seed is wrong", "store is missing"))))
        .isEqualTo(new Failure(2, "seed is wrong\nstore is missing"));
  }

  @Test
  void findsBadData() {
    assertThat(wrapped(new BadDataException("no labels"))).isEqualTo(new Failure(3, "no labels"));
  }

  @Test
  void findsTrainingThatDiverged() throws ReflectiveOperationException {
    Constructor<TrainingDivergedException> constructor =
        TrainingDivergedException.class.getDeclaredConstructor(String.class);
    constructor.setAccessible(true);

    assertThat(wrapped(constructor.newInstance("the loss is NaN")))
        .isEqualTo(new Failure(1, "the loss is NaN"));
  }

  @Test
  void findsAFullDisk() {
    assertThat(wrapped(new IOException("No space left on device")))
        .isEqualTo(
            new Failure(
                1,
                "The disk is full (No space left on device): free some space below the store or"
                    + " below spark.local.dir and start again; what was written before is"
                    + " intact"));
    assertThat(wrapped(new IOException("Disk quota exceeded")).sentence())
        .startsWith("The disk is full (Disk quota exceeded)");
  }

  @Test
  void findsWhatTheMachineRefuses() {
    assertThat(wrapped(new IOException("error=24, Too many open files")))
        .isEqualTo(
            new Failure(
                1,
                "No more files can be open at once (error=24, Too many open files): raise the limit,"
                    + " with ulimit -n 4096 for example, and start again; what was written before"
                    + " is intact"));
    assertThat(wrapped(new FileSystemException("/data", null, "Read-only file system")).sentence())
        .startsWith("A file system can only be read (/data: Read-only file system): ");
    assertThat(wrapped(new FileNotFoundException("/data/x (Permission denied)")).sentence())
        .startsWith("The user of this process has no permission (/data/x (Permission denied)): ");
    assertThat(wrapped(new AccessDeniedException("/data/x")).sentence())
        .startsWith("The user of this process has no permission (/data/x): ");
    assertThat(wrapped(new IOException("Mkdirs failed to create file:/data/x")).sentence())
        .startsWith("A folder cannot be made (Mkdirs failed to create file:/data/x): ");
  }

  @Test
  void findsWorkFilesThatWereCleanedUp(@TempDir Path folder) {
    Path gone = folder.resolve("blockmgr-5084a669-99d9-40b8-b4bd-f04ddf6c3e47/0e");

    assertThat(wrapped(catchThrowable(() -> Files.createDirectory(gone))).sentence())
        .isEqualTo(
            "Work files of Spark's are gone (%s): something cleans up that folder while jobs run:"
                + " name another with spark.local.dir and start again; what was written before is"
                + " intact",
            gone);
    assertThat(wrapped(catchThrowable(() -> Files.newInputStream(gone))).sentence())
        .startsWith("Work files of Spark's are gone (");
    assertThat(wrapped(catchThrowable(() -> new FileInputStream(gone.toFile()))).sentence())
        .startsWith("Work files of Spark's are gone (");
    assertThat(wrapped(new NoSuchFileException("/data/x")).sentence())
        .startsWith("Internal failure: ");
  }

  @Test
  void findsAnAddressThatTheMachineDoesNotHaveAndAPortThatIsTaken() throws IOException {
    InetSocketAddress elsewhere = new InetSocketAddress("203.0.113.77", 0);
    try (ServerSocket first = new ServerSocket(0);
        ServerSocket second = new ServerSocket()) {
      assertThat(wrapped(catchThrowable(() -> second.bind(elsewhere))).sentence())
          .startsWith(
              "This machine does not have an address that Spark is told to listen at (Cannot assign"
                  + " requested address");
      assertThat(wrapped(catchThrowable(() -> second.bind(first.getLocalSocketAddress()))))
          .extracting(Failure::sentence, as(InstanceOfAssertFactories.STRING))
          .startsWith("A port that Spark is told to listen at is taken (Address already in use");
    }
  }

  @Test
  void findsStorageThatRefuses() {
    assertThat(
            wrapped(
                new AccessDeniedException(
                    "s3a://images/store: Forbidden (Service: Amazon S3; Status Code: 403)")))
        .isEqualTo(
            new Failure(
                1,
                "The storage refuses or does not answer (s3a://images/store: Forbidden): check its"
                    + " address, the permissions and the credentials and start again; what was"
                    + " written before is intact"));
    assertThat(wrapped(new AccessControlException("Permission denied: user=me")).sentence())
        .startsWith("The storage refuses or does not answer (Permission denied: user=me): ");
    assertThat(wrapped(new ConnectException("Connection refused")).sentence())
        .startsWith("The storage refuses or does not answer (Connection refused): ");
    assertThat(wrapped(new UnknownHostException("namenode")).sentence())
        .startsWith("The storage refuses or does not answer (namenode): ");
  }

  @Test
  void findsTooLittleMemory() {
    assertThat(wrapped(new OutOfMemoryError("Java heap space")))
        .isEqualTo(
            new Failure(
                1,
                "Out of memory (Java heap space): give Java more with"
                    + " SYLLABUS_JAVA_OPTIONS=-Xmx8g, or lower training.workers or"
                    + " scoring.batch-size"));
  }

  @Test
  void findsTooLittleMemoryForSpark() {
    SparkConf conf = new SparkConf(false).set("spark.testing.memory", "1000000");
    Throwable refused = catchThrowable(() -> UnifiedMemoryManager.apply(conf, 1));

    assertThat(wrapped(refused).exitCode()).isEqualTo(2);
    assertThat(wrapped(refused).sentence())
        .matches("Java has [0-9,]+ MiB of memory, which is too little for Spark: give it more .*");
  }

  @Test
  void takesAnExecutorThatDoesNotAnswerForNoStorage() throws InterruptedException {
    NioEventLoopGroup threads = new NioEventLoopGroup(1);
    try {
      Throwable refused =
          new Bootstrap()
              .group(threads)
              .channel(NioSocketChannel.class)
              .handler(new ChannelInboundHandlerAdapter())
              .connect("127.0.0.1", 1)
              .await()
              .cause();

      assertThat(refused).isInstanceOf(ConnectException.class);
      assertThat(wrapped(refused).sentence()).startsWith("Internal failure: ");
    } finally {
      threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }
  }

  @Test
  void namesTheRootOfWhatItDoesNotKnow() {
    assertThat(wrapped(new IllegalStateException("odd")))
        .isEqualTo(new Failure(1, "Internal failure: java.lang.IllegalStateException: odd"));
  }

  @Test
  void endsWithCausesThatGoRoundInACircle() {
    RuntimeException outer = new RuntimeException("outer");
    RuntimeException inner = new RuntimeException("inner", outer);
    outer.initCause(inner);

    assertThat(Failure.of(outer).sentence())
        .isEqualTo("Internal failure: java.lang.RuntimeException: inner");
  }

  private static Failure wrapped(Throwable cause) {
    Throwable task = new SparkException("Job aborted due to stage failure", cause);
    IOException write = new IOException("Cannot write", task);
    return Failure.of(new UncheckedIOException("Cannot write the table", write));
  }
}
