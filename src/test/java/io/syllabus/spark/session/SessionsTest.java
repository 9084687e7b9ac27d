package io.syllabus.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.config.SettingsException;
import io.syllabus.report.Console;
import io.syllabus.spark.LocalSpark;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final String ENDPOINT = "fs.s3a.endpoint";

  @AfterEach
  void forget() {
    System.clearProperty("spark.hadoop." + ENDPOINT);
  }

  @Test
  void aClusterTakesOnlyWhatIsSubmitted() {
    LocalSpark.stop();
    Map<String, String> settings = Map.of("spark.master", "spark://127.0.0.1:7077");
    ClusterWatch watch = new ClusterWatch(Console.silent());

    assertThatThrownBy(() -> Sessions.start(settings, "tests", watch))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "spark.master = spark://127.0.0.1:7077 is a cluster, to which jobs are submitted: give"
                + " --master spark://127.0.0.1:7077 instead");
  }

  @Test
  void storesAreFoundBeforeASessionWithWhatSettingsSay() {
    Configuration hadoop = Sessions.hadoop(Map.of("spark.hadoop." + ENDPOINT, "settings"));

    assertThat(hadoop.get(ENDPOINT)).isEqualTo("settings");
    assertThat(hadoop.get("fs.s3a.attempts.maximum")).isEqualTo("3");
  }

  @Test
  void whatSparkSubmitWasGivenGoesOverSettings() {
    // That is how it hands on --conf and --properties-file.
    System.setProperty("spark.hadoop." + ENDPOINT, "submitted");

    Configuration hadoop = Sessions.hadoop(Map.of("spark.hadoop." + ENDPOINT, "settings"));

    assertThat(hadoop.get(ENDPOINT)).isEqualTo("submitted");
  }
}
