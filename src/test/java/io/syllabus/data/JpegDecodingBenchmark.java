package io.syllabus.data;

import io.syllabus.config.DataSettings.Resize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import net.coobird.thumbnailator.Thumbnails;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a large JPEG takes to become 256×256 pixels, here and with {@code javax.imageio}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
public class JpegDecodingBenchmark {
  private static final int SIZE = 256;

  @Param({"500x375", "1280x960", "4000x3000"})
  private String size;

  private byte[] jpeg;

  @Setup
  public void draw() {
    String[] sides = size.split("x", 2);
    BufferedImage scene = Jpegs.scene(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    jpeg = Jpegs.encoded(scene, 0.9f, false);
  }

  /** Decoded and made smaller, as ingest does it. */
  @Benchmark
  public byte[] syllabus() throws UnreadableImageException {
    return new ImageDecoder(SIZE, Resize.SCALE, Long.MAX_VALUE).decode(jpeg).pixels();
  }

  /** Decoded only. */
  @Benchmark
  public BufferedImage decodedByJava() throws IOException {
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }

  /** Decoded and made smaller. */
  @Benchmark
  public BufferedImage resizedByJava() throws IOException {
    return Thumbnails.of(ImageIO.read(new ByteArrayInputStream(jpeg)))
        .forceSize(SIZE, SIZE)
        .asBufferedImage();
  }
}
