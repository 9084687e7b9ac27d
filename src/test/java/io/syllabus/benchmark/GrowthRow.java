package io.syllabus.benchmark;

import io.syllabus.spark.LargePool;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Whether a large pool costs as much an image as a small one, from source to pseudo-labels. */
final class GrowthRow {
  private static final int LARGE = 1_000_000;
  private static final int SMALL = 10_000;
  private static final int FEW = 100;

  private GrowthRow() {}

  static Row row() {
    return new Row(
        "growth",
        String.format(
            "ingests, scores and selects, cost an image of %,d against %,d", LARGE, SMALL),
        new Unit("µs an image", false),
        new Pool("a large pool", setup -> setup.generated().images().orElse(LARGE)),
        new Pool(String.format("a pool of %,d", SMALL), setup -> SMALL));
  }

  private record Pool(String description, ToIntFunction<Setup> size) implements Side {

    @Override
    public void prepare(Setup setup) throws IOException {
      LargePool.write(setup.generated().folder(), FEW);
      LargePool.write(setup.generated().folder(), SMALL);
      LargePool.write(setup.generated().folder(), size.applyAsInt(setup));
    }

    // What a pass takes whatever it passes over is measured on a few images, and told apart: it
    // makes a small pool dear.
    @Override
    public Measurement measure(Setup setup) throws IOException {
      int images = size.applyAsInt(setup);
      try (LargePool pool = new LargePool(setup.generated().folder())) {
        setup.pace().warmUp(() -> pool.pass(SMALL));
        LargePool.Seconds fixed = pool.pass(FEW);
        LargePool.Seconds all = pool.pass(images);
        Map<String, Double> also = new LinkedHashMap<>();
        also.put("s of them whatever the images", fixed.all());
        also.put("µs an image without these", 1e6 * (all.all() - fixed.all()) / images);
        also.put("µs an image for ingest and split", 1e6 * all.ingestAndSplit() / images);
        also.put("µs an image for score and select", 1e6 * all.scoreAndSelect() / images);
        return new Measurement(1e6 * all.all() / images, also);
      }
    }
  }
}
