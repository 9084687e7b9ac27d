package io.syllabus.spark.session;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.FreePort;
import io.syllabus.config.SettingsException;
import java.io.IOException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MastersTest {
  private final SparkConf conf = new SparkConf();

  @Test
  void whereNoneAnswersTheClusterIsNamed() throws IOException {
    String url = "spark://localhost:" + FreePort.find() + ",localhost:" + FreePort.find();

    assertThatThrownBy(() -> Masters.requireOne(conf, url))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(url + " takes no job from here: it does not answer")
        .hasMessageContaining("--properties-file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spark://", "spark://host", "spark://host:", "spark://a:7077,b", "spark://a:b"})
  void anAddressHasAPort(String url) {
    assertThatThrownBy(() -> Masters.requireOne(conf, url))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("spark.master = " + url + " is no cluster");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "k8s://https://host:6443"})
  void otherClustersHaveNone(String url) {
    assertThatCode(() -> Masters.requireOne(conf, url)).doesNotThrowAnyException();
  }
}
