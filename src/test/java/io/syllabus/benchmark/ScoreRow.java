package io.syllabus.benchmark;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.spark.score.ScoredPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;

/** Scoring JPEGs against PyTorch, decoding on both sides, and beside it without decoding. */
final class ScoreRow {
  static final String DECODED = "images/s of decoded images";

  private ScoreRow() {}

  /**
   * @param images in a pass over the pool
   */
  static Row of(Architecture architecture, int images) {
    String network = Rows.name(architecture);
    return new Row(
        "score/" + network,
        String.format("scores %,d ingested CIFAR-10 JPEGs with %s", images, network),
        Unit.IMAGES_A_SECOND,
        new Ours(architecture, images),
        new Peer(network, images));
  }

  /** Work on a folder of images. */
  @FunctionalInterface
  interface OnImages {
    Measurement measure(Path images) throws Exception;
  }

  static Measurement onImages(int count, OnImages work) throws Exception {
    Path folder = Files.createTempDirectory("syllabus-benchmark");
    try {
      Path images = Files.createDirectory(folder.resolve("images"));
      Cifar10.writeImages(count, images);
      return work.measure(images);
    } finally {
      FileUtils.deleteDirectory(folder.toFile());
    }
  }

  private record Ours(Architecture architecture, int images) implements Side {
    @Override
    public String description() {
      return "Syllabus, two workers of one thread in Spark";
    }

    @Override
    public Optional<String> missing() {
      return Cifar10.missing();
    }

    @Override
    public Measurement measure(Setup setup) throws Exception {
      return onImages(images, folder -> measure(folder, setup.pace()));
    }

    private Measurement measure(Path folder, Pace pace) throws IOException {
      Path store = folder.resolveSibling("store");
      try (ScoredPool pool = new ScoredPool(architecture, folder, store, 2)) {
        double decoding = pace.imagesPerSecond(pool::scoreJpegs);
        return new Measurement(decoding, Map.of(DECODED, pace.imagesPerSecond(pool::scorePixels)));
      }
    }
  }

  private record Peer(String network, int images) implements Side {
    @Override
    public String description() {
      return new PyTorch(List.of()).description();
    }

    @Override
    public Optional<String> missing() {
      return Cifar10.missing().or(() -> new PyTorch(List.of()).missing());
    }

    @Override
    public Measurement measure(Setup setup) throws Exception {
      return onImages(
          images,
          folder -> new PyTorch(List.of("score", network, "--images=" + folder)).measure(setup));
    }
  }
}
