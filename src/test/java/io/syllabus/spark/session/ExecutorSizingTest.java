package io.syllabus.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.config.SettingsException;
import io.syllabus.spark.LocalSpark;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ExecutorSizingTest {
  private static final long GIGABYTE = 1 << 30;

  @Test
  void aTaskHasOneCoreAndOneNativeThread() {
    SparkConf conf = completed(conf());

    assertThat(conf.get("spark.executor.cores")).isEqualTo("1");
    assertThat(conf.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("1");
  }

  @Test
  void aTaskHasAsManyNativeThreadsAsCores() {
    SparkConf conf = completed(conf("spark.task.cpus", "4"));

    assertThat(conf.get("spark.executor.cores")).isEqualTo("4");
    assertThat(conf.get("spark.executorEnv.OMP_NUM_THREADS")).isEqualTo("4");
  }

  @Test
  void thereAreExecutorsForAllWorkers() {
    SparkConf conf =
        completed(conf("spark.executor.cores", "3"), "training.workers=8", "data.shards=8");

    assertThat(conf.get("spark.executor.instances")).isEqualTo("3");
  }

  @Test
  void anExecutorHasMemoryForAllItsTasks() {
    long one = completed(conf()).getSizeAsMb("spark.executor.memoryOverhead");
    SparkConf four = completed(conf("spark.executor.cores", "4"));

    assertThat(four.getSizeAsMb("spark.executor.memoryOverhead")).isGreaterThan(one);
    assertThat(four.getSizeAsMb("spark.executor.memory")).isGreaterThanOrEqualTo(900);
  }

  @Test
  void theDriverTakesOneNetworkHoweverManySendOne() {
    SparkConf conf = conf();
    String[] resnet = {
      "network.architecture=resnet-50",
      "training.workers=16",
      "data.shards=16",
      "training.batch-size=128"
    };
    ExecutorSizing.complete(conf, LocalSpark.settings(resnet), 8 * GIGABYTE);

    // Parameters and momentum of 25.6 million floats.
    assertThat(conf.getSizeAsMb("spark.driver.maxResultSize")).isBetween(1024L + 380, 1024L + 400);
    assertThatThrownBy(
            () -> ExecutorSizing.complete(conf(), LocalSpark.settings(resnet), GIGABYTE / 4))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "The driver has 256m of memory, and what it receives of 16 workers in a round")
        .hasMessageContaining("raise it with --driver-memory, or lower training.workers");
  }

  @Test
  void whatIsGivenStays() {
    SparkConf conf =
        completed(
            conf(
                "spark.executor.memory", "3g",
                "spark.executor.memoryOverhead", "700m",
                "spark.executor.instances", "7"));

    assertThat(conf.get("spark.executor.memory")).isEqualTo("3g");
    assertThat(conf.get("spark.executor.memoryOverhead")).isEqualTo("700m");
    assertThat(conf.get("spark.executor.instances")).isEqualTo("7");
  }

  @Test
  void refusesMemoryThatIsLessThanATaskTakes() {
    SparkConf conf = conf("spark.executor.memory", "256m", "spark.executor.memoryOverhead", "1m");

    assertThatThrownBy(() -> completed(conf))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("spark.executor.memory = 256m is less than one task takes, about 30")
        .hasMessageContaining("spark.executor.memoryOverhead = 1m is less than one task takes");
  }

  @Test
  void refusesATaskWiderThanAnExecutor() {
    SparkConf conf = conf("spark.task.cpus", "4", "spark.executor.cores", "2");

    assertThatThrownBy(() -> completed(conf))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "spark.task.cpus = 4 is more than an executor has (spark.executor.cores = 2)");
  }

  private static SparkConf completed(SparkConf conf, String... settings) {
    ExecutorSizing.complete(conf, LocalSpark.settings(settings), GIGABYTE);
    return conf;
  }

  private static SparkConf conf(String... pairs) {
    SparkConf conf = new SparkConf(false);
    for (int i = 0; i < pairs.length; i += 2) {
      conf.set(pairs[i], pairs[i + 1]);
    }
    return conf;
  }
}
