package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syllabus.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smallest run over CIFAR-10 as JPEGs, where it lies beside the project. */
class Cifar10RunTest {
  /** Of the two archives the smaller one, so that the test takes seconds. */
  private static final Path IMAGES =
      Path.of("..", "shared", "data", "cifar10", "cifar10-test-jpeg.tar.gz");

  @TempDir private Path folder;

  @Test
  void finishesWithTheSettingsOfCifar10() throws IOException {
    assumeTrue(Files.exists(IMAGES), "skipped: no CIFAR-10 at " + IMAGES);
    JobRunner jobs = new JobRunner(folder);
    List<String> arguments =
        new ArrayList<>(List.of("--run", "cifar10", "--config", "conf/cifar10-small.conf"));
    List<String> settings = new ArrayList<>(LocalSpark.SPARK);
    settings.addAll(LocalSpark.PUBLISHING);
    settings.addAll(
        List.of(
            "store=" + folder,
            "data.dataset=",
            "data.labeled=" + IMAGES,
            "data.split.labeled-per-class=5",
            "data.split.validation-per-class=5",
            "data.split.pool-per-class=10",
            "training.epochs=1",
            "curriculum.step-percent=100"));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));

    JobRunner.End end = JobRunner.execute(SelfTrain::new, arguments.toArray(String[]::new));

    assertThat(end.exitCode()).as(end.said()).isZero();
    assertThat(end.said()).contains("images, 0 could not be read");
    assertThat(jobs.summary("cifar10").get("cycles").get(1).get("trainingExamples").asInt())
        .isEqualTo(150);
  }
}
