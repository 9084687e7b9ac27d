package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.spark.LocalSpark;
import io.syllabus.store.Store;
import io.syllabus.store.StoreLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that hold the store and are told to stop. */
class StoppedJobTest {
  @TempDir private Path folder;

  @Test
  void saysThatItStopsAndReleasesTheStore() throws Exception {
    JobRunner jobs = new JobRunner(folder.resolve("store"));
    List<String> settings = new ArrayList<>(LocalSpark.DIGITS);
    settings.addAll(LocalSpark.PUBLISHING);
    assertThat(jobs.selfTrain("run", settings).exitCode()).isZero();
    LocalSpark.stop();

    Path input = Files.createDirectories(folder.resolve("input"));
    JobProcess process = JobProcess.labelIncrementally(jobs, input);
    process.awaitWords("Networks are computed");
    process.terminate();
    assertThat(process.await()).as(process.said()).isEqualTo(143);
    assertThat(process.said())
        .endsWith("Stopped. Nothing is left half done: the same command does the rest\n");
    Configuration hadoop = new Configuration();
    assertThat(StoreLock.holder(Store.at(jobs.store().toString(), hadoop), hadoop)).isEmpty();
  }
}
