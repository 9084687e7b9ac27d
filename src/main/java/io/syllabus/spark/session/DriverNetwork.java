package io.syllabus.spark.session;

import io.syllabus.Text;
import io.syllabus.config.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;

/**
 * Where the driver listens. In local mode nobody but this machine has to reach it, so that it asks
 * for no more of the network than loopback.
 */
final class DriverNetwork {
  private static final String PAGE = "spark.ui.enabled";
  private static final String PAGE_PORT = "spark.ui.port";
  private static final int PAGE_PORT_DEFAULT = 4040;
  private static final int LAST_PORT = 65_535;
  private static final String OWN_ADDRESS = "SPARK_LOCAL_IP";

  private DriverNetwork() {}

  /**
   * Completes what Spark is told.
   *
   * @param environment of this process
   * @throws SettingsException where the page of Spark's, which ends the process if it cannot
   *     listen, is to listen at an address that this machine does not have
   */
  static void complete(SparkConf conf, String master, Map<String, String> environment) {
    boolean isLocal = master.startsWith("local");
    if (isLocal || master.startsWith("spark://127.")) {
      // On some machines there is only IPv6, though localhost still stands for 127.0.0.1 as well.
      boolean hasIpv4 = listens("127.0.0.1", 0);
      conf.setIfMissing("spark.driver.host", hasIpv4 ? "localhost" : "[::1]");
      conf.setIfMissing("spark.driver.bindAddress", hasIpv4 ? "127.0.0.1" : "::1");
    }
    if (isLocal) {
      // A job on one machine tells its progress itself.
      conf.setIfMissing(PAGE, "false");
    }
    if (conf.getBoolean(PAGE, true)) {
      settlePage(conf, environment.getOrDefault(OWN_ADDRESS, "0.0.0.0"));
    }
  }

  private static void settlePage(SparkConf conf, String address) {
    if (!listens(address, 0)) {
      throw new SettingsException(
          List.of(
              Text.format(
                  "%s = %s is no address of this machine, and Spark's page is to listen there: unset"
                      + " it, or name an address that the machine has",
                  OWN_ADDRESS, address)));
    }
    int first = conf.getInt(PAGE_PORT, PAGE_PORT_DEFAULT);
    int last = Math.min(first + conf.getInt("spark.port.maxRetries", 16), LAST_PORT);
    // Spark tries no other ports.
    if (IntStream.rangeClosed(first, last).noneMatch(port -> listens(address, port))) {
      conf.set(PAGE_PORT, "0");
    }
  }

  private static boolean listens(String address, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(address))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
