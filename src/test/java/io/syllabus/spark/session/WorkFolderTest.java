package io.syllabus.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syllabus.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
  private static final String KEY = "spark.local.dir";

  @TempDir private Path folder;
  private final SparkConf conf = new SparkConf(false);

  @BeforeEach
  void sparkIsToldByItsSettings() {
    assumeTrue(System.getenv("SPARK_LOCAL_DIRS") == null, "skipped: SPARK_LOCAL_DIRS is set");
  }

  @Test
  void isTheOneThatIsPreferredWhereItIsOnALocalDisk() {
    WorkFolder.prefer("s3a://images/store/work", conf);
    assertThat(conf.contains(KEY)).isFalse();
    WorkFolder.prefer("file:/data/store,old/work", conf);
    assertThat(conf.contains(KEY)).isFalse();

    WorkFolder.prefer("file:/data/store/work", conf);
    assertThat(conf.get(KEY)).isEqualTo("/data/store/work");
  }

  @Test
  void isTheOneThatSettingsNameWhateverIsPreferred() {
    conf.set(KEY, "/scratch");
    WorkFolder.prefer("file:/data/store/work", conf);

    assertThat(conf.get(KEY)).isEqualTo("/scratch");
  }

  @Test
  void isRefusedWhereItCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    conf.set(KEY, file + "/work");

    assertThatThrownBy(() -> WorkFolder.requireOne(conf))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "Spark cannot write its work files into %s/work: name another folder with"
                + " spark.local.dir, or with SPARK_LOCAL_DIRS where that is set",
            file);
    assertThatCode(() -> WorkFolder.requireOne(conf.set(KEY, file + "/work," + folder + "/work")))
        .doesNotThrowAnyException();
  }
}
