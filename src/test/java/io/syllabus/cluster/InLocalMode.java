package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.syllabus.job.JobProcess;
import io.syllabus.job.JobRunner;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** What a small run comes to on this machine alone, for all that are to come to the same. */
final class InLocalMode {
  /** Of the run, over the small ones of all tests. */
  static final String[] SETTINGS = {"training.epochs=8", "training.averaging-frequency=1"};

  private static final String RUN = "local";
  private static final JobRunner JOBS = run();

  private InLocalMode() {}

  private static JobRunner run() {
    try {
      File folder = Files.createTempDirectory("syllabus-").toFile();
      FileUtils.forceDeleteOnExit(folder);
      JobRunner jobs = new JobRunner(folder.toPath().resolve("store"));
      JobProcess run = JobProcess.selfTrain(jobs, RUN, SETTINGS);
      assertThat(run.await()).as(run.said()).isZero();
      return jobs;
    } catch (IOException e) {
      throw new IllegalStateException("Cannot run in local mode", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in local mode", e);
    }
  }

  /**
   * That a run in a store that is on no local disk has the same figures, scores and labels.
   *
   * @param copy where its files go, which does not exist
   */
  static void assertSame(String store, Configuration hadoop, Path copy, String runId)
      throws IOException {
    try (FileSystem files = FileSystem.newInstance(URI.create(store), hadoop)) {
      files.copyToLocalFile(
          new org.apache.hadoop.fs.Path(store), new org.apache.hadoop.fs.Path(copy.toUri()));
    }
    assertSame(copy, runId);
  }

  /** That a run somewhere else has the same figures, scores and labels. */
  static void assertSame(Path store, String runId) throws IOException {
    JobRunner other = new JobRunner(store);
    assertThat(other.figures(runId)).isEqualTo(JOBS.figures(RUN));
    assertThat(other.scores(runId)).isEqualTo(JOBS.scores(RUN));
    assertThat(other.labels(runId)).isEqualTo(JOBS.labels(RUN));
  }
}
