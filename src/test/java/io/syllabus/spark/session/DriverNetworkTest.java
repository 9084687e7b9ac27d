package io.syllabus.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syllabus.config.SettingsException;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class DriverNetworkTest {
  private static final String CLUSTER = "spark://10.0.0.1:7077";
  // RFC 5737 gives it to documents, so that no machine has it.
  private static final Map<String, String> GONE = Map.of("SPARK_LOCAL_IP", "203.0.113.77");

  @Test
  void aJobOnOneMachineHasNoPageUnlessItIsAskedFor() {
    assertThat(completed("local[2]", GONE).get("spark.ui.enabled")).isEqualTo("false");
    assertThat(completed("local[2]", Map.of(), "spark.ui.enabled", "true").get("spark.ui.enabled"))
        .isEqualTo("true");
    assertThat(completed(CLUSTER, Map.of()).contains("spark.ui.enabled")).isFalse();
  }

  @Test
  void aJobOnOneMachineListensOnLoopbackOnly() {
    assertThat(completed("local[2]", Map.of()).get("spark.driver.bindAddress"))
        .isIn("127.0.0.1", "::1");
    assertThat(completed(CLUSTER, Map.of()).contains("spark.driver.bindAddress")).isFalse();
  }

  @Test
  void aPageTakesAnyPortWhereAllThatSparkTriesAreTaken() throws IOException {
    List<ServerSocket> taken = take(4040, 4056);
    try {
      assertThat(completed(CLUSTER, Map.of()).get("spark.ui.port")).isEqualTo("0");
    } finally {
      for (ServerSocket socket : taken) {
        socket.close();
      }
    }
  }

  @Test
  void aPageTakesThePortsThatSparkTriesWhereOneIsFree() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = String.valueOf(taken.getLocalPort());

      assertThat(completed(CLUSTER, Map.of(), "spark.ui.port", port).get("spark.ui.port"))
          .isEqualTo(port);
    }
  }

  @Test
  void aPageAtAnAddressOfAnotherMachineIsRefused() {
    assertThatThrownBy(() -> completed(CLUSTER, GONE))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("SPARK_LOCAL_IP = 203.0.113.77 is no address of this machine");
  }

  private static SparkConf completed(
      String master, Map<String, String> environment, String... setting) {
    SparkConf conf = new SparkConf(false);
    if (setting.length > 0) {
      conf.set(setting[0], setting[1]);
    }
    DriverNetwork.complete(conf, master, environment);
    return conf;
  }

  private static List<ServerSocket> take(int first, int last) throws IOException {
    List<ServerSocket> taken = new ArrayList<>();
    for (int port = first; port <= last; port++) {
      try {
        taken.add(new ServerSocket(port));
      } catch (BindException e) {
        // Another program has it.
      }
    }
    return taken;
  }
}
