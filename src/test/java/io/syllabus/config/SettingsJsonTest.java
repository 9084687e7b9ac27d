package io.syllabus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsJsonTest {
  @Test
  void whatIsWrittenReadsBackTheSame() {
    Settings settings =
        read(
            Map.of(
                "seed", Long.toString(Long.MAX_VALUE),
                "data.test", "a \"quoted\" ${path} // #",
                "training.learning-rate", "0.1234567890123",
                "network.architecture", "cnn-13",
                "spark.speculation", "true",
                "spark.speculation.multiplier", "2"));
    assertThat(SettingsJson.read(SettingsJson.write(settings))).isEqualTo(settings);
  }

  @Test
  void writesAFlatObjectInTheOrderOfTheKeys() {
    assertThat(SettingsJson.write(read(Map.of())))
        .startsWith(
            "{\"cluster.patience\":\"600s\",\"curriculum.confidence\":\"probability\","
                + "\"curriculum.max-cycles\":100,\"curriculum.relabel\":\"all\",")
        .contains("\"network.architecture\":\"small-cnn\"", "\"training.l2\":5.0E-4")
        .endsWith("\"training.workers\":0}");
  }

  @Test
  void leavesSecretsOut() {
    Settings settings =
        read(
            Map.of(
                "spark.hadoop.fs.s3a.access.key", "hush",
                "spark.hadoop.fs.s3a.SECRET", "hush",
                "spark.ssl.keyPassword", "hush",
                "spark.my.authToken", "hush",
                "spark.hadoop.credential.provider", "hush",
                "spark.executor.memory", "2g"));
    assertThat(settings.spark()).hasSize(7);
    assertThat(SettingsJson.write(settings))
        .contains("spark.executor.memory")
        .doesNotContain("hush");
  }

  @Test
  void checksWhatItReads() {
    assertThatThrownBy(() -> SettingsJson.read("{\"data.labeled\":\"l\",\"sed\":1}"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            """
            Unknown key sed in the settings of the run, line 1: did you mean seed?
            the pool is empty: set data.unlabeled or data.split.pool-per-class""");
  }

  @Test
  void refusesWhatIsNotJson() {
    assertThatThrownBy(() -> SettingsJson.read("{\n\"seed\": "))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("Cannot read the settings of the run, line 2: ");
  }

  private static Settings read(Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>(overrides);
    all.put("data.labeled", "l");
    all.put("data.unlabeled", "u");
    return SettingsReader.read(Optional.empty(), all, Map.of());
  }
}
