package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.FormatMethod;
import io.syllabus.job.JobRunner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Network namespaces of this machine on one bridge, each with an address that is its name, too.
 * Takes root.
 */
final class Namespaces implements AutoCloseable {
  private static final String NETWORK = "10.211.77.";
  private static final String BRIDGE = "syllabus0";

  private final int hosts;

  private Namespaces(int hosts) {
    this.hosts = hosts;
  }

  static boolean arePossible() {
    try {
      return "root".equals(System.getProperty("user.name"))
          && new ProcessBuilder("ip", "netns", "list").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static Namespaces create(int hosts) throws IOException {
    Namespaces namespaces = new Namespaces(hosts);
    namespaces.close();
    ip("link add %s type bridge", BRIDGE);
    ip("addr add %s/24 dev %s", namespaces.own(), BRIDGE);
    ip("link set %s up", BRIDGE);
    for (int host = 0; host < hosts; host++) {
      String name = address(host);
      ip("netns add %s", name);
      ip("link add %s type veth peer name eth0 netns %s", outside(host), name);
      ip("link set %s master %s up", outside(host), BRIDGE);
      ip("-n %s addr add %s/24 dev eth0", name, name);
      ip("-n %s link set eth0 up", name);
      ip("-n %s link set lo up", name);
    }
    return namespaces;
  }

  /** This side's address. */
  String own() {
    return NETWORK + 1;
  }

  List<String> addresses() {
    return IntStream.range(0, hosts).mapToObj(Namespaces::address).toList();
  }

  /** Nothing reaches the host, and nothing leaves it. */
  void cutOff(int host) throws IOException {
    ip("link set %s down", outside(host));
  }

  void join(int host) throws IOException {
    ip("link set %s up", outside(host));
  }

  /** Takes away what is there, of an earlier process, too. */
  @Override
  public void close() throws IOException {
    for (int host = 0; host < hosts; host++) {
      tryIp("netns delete %s", address(host));
      tryIp("link delete %s", outside(host));
    }
    tryIp("link delete %s", BRIDGE);
  }

  private static String address(int host) {
    return NETWORK + (host + 2);
  }

  private static String outside(int host) {
    return "syllabus" + (host + 2);
  }

  @FormatMethod
  private static void ip(String command, Object... values) throws IOException {
    List<String> words = new ArrayList<>(List.of("ip"));
    words.addAll(List.of(String.format(command, values).split(" ", -1)));
    try {
      JobRunner.End end = JobRunner.End.of(new ProcessBuilder(words));
      assertThat(end.exitCode()).as("%s: %s", words, end.said()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in " + words, e);
    }
  }

  @FormatMethod
  private static void tryIp(String command, Object... values) throws IOException {
    try {
      ip(command, values);
    } catch (AssertionError e) {
      // It was not there.
      assertThat(e).hasMessageFindingMatch("Cannot find device|No such file");
    }
  }
}
