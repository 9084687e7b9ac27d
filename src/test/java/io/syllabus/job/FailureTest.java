package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.syllabus.config.SettingsException;
import io.syllabus.data.BadDataException;
import io.syllabus.spark.train.TrainingDivergedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.memory.UnifiedMemoryManager;
import org.junit.jupiter.api.Test;

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
    assertThat(wrapped(new FileNotFoundException("/x/run.json (Permission denied)")).sentence())
        .startsWith("The storage refuses or does not answer (/x/run.json (Permission denied)): ");
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
