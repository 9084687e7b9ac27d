package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** S3Mock, in a process of its own. */
final class S3Server {
  private static final Path JAR = Path.of("target/s3mock.jar");
  private static final long LIMIT_SECONDS = 90;

  private final Process process;
  private final int port;

  private S3Server(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it on a port of loopback.
   *
   * @param folder for the objects and the log
   */
  static S3Server start(Path folder, String bucket) throws IOException, InterruptedException {
    int port = FreePort.find();
    Files.createDirectories(folder);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + FreePort.find(),
                "--com.adobe.testing.s3mock.httpPort=" + port,
                "--com.adobe.testing.s3mock.domain.root="
                    + Files.createDirectory(folder.resolve("root")),
                "--com.adobe.testing.s3mock.domain.initialBuckets=" + bucket)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!answers(port)) {
      assertThat(process.isAlive() && System.nanoTime() < deadline)
          .as(Files.readString(folder.resolve("log")))
          .isTrue();
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return new S3Server(process, port);
  }

  /** What Spark is told of it, each as {@code key=value}. */
  List<String> settings(String secret) {
    return List.of(
        "spark.hadoop.fs.s3a.endpoint=http://127.0.0.1:" + port,
        "spark.hadoop.fs.s3a.path.style.access=true",
        // The mock takes If-Match with quotes only, which Hadoop leaves out.
        "spark.hadoop.fs.s3a.change.detection.mode=client",
        "spark.hadoop.fs.s3a.access.key=somebody",
        "spark.hadoop.fs.s3a.secret.key=" + secret);
  }

  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
