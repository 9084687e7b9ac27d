package io.syllabus.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.config.TrainingSettings.Augmentation;
import io.syllabus.network.FlatVector;
import io.syllabus.network.NetworkDesign;
import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AveragingMasterTest {
  private static final int WORKERS = 5;
  private static final int MINIBATCHES = 2;
  private static final Recipe RECIPE =
      new Recipe(1, 4, RandomImages.IMAGE_SIZE, RandomImages.CLASSES, Augmentation.NONE);

  private static RandomImages images;
  private static Broadcast<RandomImages> shipped;

  @BeforeAll
  static void drawImages() throws IOException {
    images = new RandomImages();
    shipped = LocalSpark.context().broadcast(images);
  }

  @AfterAll
  static void deleteImages() throws IOException {
    shipped.destroy();
    images.delete();
  }

  @Test
  void slicesComeToTheSameBitsAsTheDriver() {
    float[] sliced = afterTwoRounds(0);

    assertThat(sliced).isNotEqualTo(FlatVector.values(design().fresh().params()));
    assertThat(sliced).isEqualTo(afterTwoRounds(Long.MAX_VALUE));
  }

  @Test
  void slicesLeaveNothingOnDisk() throws IOException, InterruptedException {
    Set<String> before = shuffles();
    afterTwoRounds(0);

    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!before.containsAll(shuffles())) {
      assertThat(System.nanoTime()).as("left: %s", shuffles()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  // What this session's shuffles have on disk, its other tests' among them.
  private static Set<String> shuffles() throws IOException {
    LocalSpark.context();
    Path blocks = Path.of(SparkEnv.get().blockManager().diskBlockManager().localDirsString()[0]);
    try (Stream<Path> files = Files.walk(blocks)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("shuffle_"))
          .collect(Collectors.toSet());
    }
  }

  private static float[] afterTwoRounds(long driversBytes) {
    JavaSparkContext context = LocalSpark.context();
    NetworkDesign design = design();
    AveragingMaster master = new AveragingMaster(WORKERS, RECIPE.batchSize(), design, driversBytes);
    SparkComputationGraph network = new SparkComputationGraph(context, design.fresh(), master);
    JavaRDD<Integer> slots = context.parallelize(List.<Integer>of(), WORKERS);
    for (int first = 0; first < 2 * MINIBATCHES; first += MINIBATCHES) {
      Round round = new Round(0, 0, first, first + MINIBATCHES);
      master.forMinibatches(MINIBATCHES);
      Broadcast<RandomImages> everywhere = shipped;
      network.fitMultiDataSet(
          slots.mapPartitionsWithIndex(
              (worker, none) -> everywhere.value().stream(RECIPE, round, worker), true));
    }
    return FlatVector.values(network.getNetwork().params());
  }

  private static NetworkDesign design() {
    return FreshNetworks.design(Architecture.SMALL_CNN, Engine.ONEDNN);
  }
}
