package io.syllabus.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syllabus.config.NetworkSettings.Architecture;
import io.syllabus.config.NetworkSettings.Engine;
import io.syllabus.config.TrainingSettings.Augmentation;
import io.syllabus.network.FlatVector;
import io.syllabus.network.NetworkDesign;
import io.syllabus.plan.AveragingGroups;
import java.io.IOException;
import java.util.List;
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

  /** Five workers in groups of three and two. */
  @Test
  void groupsOfWorkersComeToTheSameMean() {
    float[] direct = afterTwoRounds(WORKERS);
    float[] grouped = afterTwoRounds(1);

    assertThat(grouped).isNotEqualTo(FlatVector.values(design().fresh().params()));
    assertThat(grouped).hasSameSizeAs(direct);
    for (int i = 0; i < direct.length; i++) {
      // Sums of five floats in another order.
      assertThat(grouped[i]).isCloseTo(direct[i], within(1e-5f * Math.max(1, Math.abs(direct[i]))));
    }
  }

  @Test
  void groupsComeToTheSameBitsEachTime() {
    assertThat(afterTwoRounds(1)).isEqualTo(afterTwoRounds(1));
  }

  private static float[] afterTwoRounds(int direct) {
    JavaSparkContext context = LocalSpark.context();
    NetworkDesign design = design();
    AveragingGroups groups = AveragingGroups.of(WORKERS, direct);
    AveragingMaster master = new AveragingMaster(WORKERS, RECIPE.batchSize(), design, groups);
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
