package io.syllabus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For servers that tests start, and for where there is none. */
public final class FreePort {
  private FreePort() {}

  /** A port of loopback that nobody listens on. */
  public static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
