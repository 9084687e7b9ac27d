package io.syllabus.spark.session;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.util.Utils;

/**
 * The names of this machine and of the user whose process this is, without which neither Spark nor
 * Hadoop starts. In many containers the one stands for no address and the other is a mere number.
 * Safe to complete at any time, but of use only before Spark reads its settings and Hadoop a file.
 */
final class OwnNames {
  private OwnNames() {}

  /**
   * Makes up what is missing.
   *
   * @param environment of this process
   */
  static void complete(Map<String, String> environment) {
    if (!environment.containsKey("SPARK_LOCAL_IP")
        && !environment.containsKey("SPARK_LOCAL_HOSTNAME")
        && !hasAddress()) {
      Utils.setCustomHostname("localhost");
    }
    // What Hadoop asks.
    if (new UnixSystem().getUsername() == null) {
      nameUser(environment.getOrDefault("HADOOP_USER_NAME", "user-" + number()));
      // What nobody knows is a question mark, below which libraries would make folders.
      System.setProperty(
          "user.home", environment.getOrDefault("HOME", System.getProperty("java.io.tmpdir")));
    }
  }

  private static boolean hasAddress() {
    try {
      return InetAddress.getLocalHost() != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Object number() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot find out the number of this process's user", e);
    }
  }

  private static void nameUser(String name) {
    System.setProperty("user.name", name);
    UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
  }
}
