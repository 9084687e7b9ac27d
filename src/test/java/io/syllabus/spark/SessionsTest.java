package io.syllabus.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.config.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionsTest {
  @Test
  void aClusterTakesOnlyWhatIsSubmitted() {
    LocalSpark.stop();
    Map<String, String> settings = Map.of("spark.master", "spark://127.0.0.1:7077");

    assertThatThrownBy(() -> Sessions.start(settings, "tests"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(
            "spark.master = spark://127.0.0.1:7077 is a cluster, to which jobs are submitted: give"
                + " --master spark://127.0.0.1:7077 instead");
  }
}
