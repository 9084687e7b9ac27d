package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.network.Device;
import io.syllabus.spark.LocalSpark;
import io.syllabus.spark.session.DevicePlugin;
import io.syllabus.spark.session.Slots;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GPUs that a driver claims to have, on a machine that has none. */
@Tag("cluster")
class GpuSchedulingTest {
  private static final String CLAIM =
      """
      #!/bin/sh
      case $1 in
        --query-gpu=index) printf '0\\n1\\n' ;;
        *) printf '0, Pretended, 16160, 7.0\\n1, Pretended, 16160, 7.0\\n' ;;
      esac
      """;

  @TempDir private static Path folder;

  @Test
  void eachTaskComputesOnTheGpuOfItsExecutor() throws IOException {
    Path claim = Files.writeString(folder.resolve("nvidia-smi"), CLAIM);
    assertThat(claim.toFile().setExecutable(true)).isTrue();
    Map<String, String> path = Map.of("PATH", folder + File.pathSeparator + System.getenv("PATH"));
    LocalSpark.stop();
    try (StandaloneCluster cluster =
            StandaloneCluster.start(
                folder.resolve("cluster"), 1, path, "--cores", "2", "--memory", "2g", "--gpus");
        SparkSession spark = LocalSpark.session(settings(cluster))) {
      Slots slots = Slots.await(spark.sparkContext(), 2);
      assertThat(slots.executors()).isEqualTo(2);
      assertThat(DevicePlugin.descriptions(2))
          .singleElement()
          .asString()
          .startsWith("Networks are computed on the processor, since this build has no CUDA");

      Set<String> pairs = new TreeSet<>(whereTasksRan(spark));
      assertThat(pairs).hasSize(2);
      assertThat(pairs.stream().map(pair -> pair.replaceAll(".* on ", "")))
          .containsExactlyInAnyOrder("0", "1");
    }
  }

  private static List<String> whereTasksRan(SparkSession spark) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(IntStream.range(0, 40).boxed().toList(), 40)
        .map(
            task -> {
              // Long enough for both executors to have some.
              Thread.sleep(50);
              return SparkEnv.get().executorId() + " on " + Device.used().orElseThrow();
            })
        .collect();
  }

  private static String[] settings(StandaloneCluster cluster) {
    return new String[] {
      "spark.master=" + cluster.url(),
      "spark.submit.deployMode=client",
      "spark.executor.extraClassPath="
          + Path.of("target/test-classes").toAbsolutePath()
          + File.pathSeparator
          + Path.of("target/syllabus-job.jar").toAbsolutePath(),
      "spark.executor.resource.gpu.amount=1"
    };
  }
}
