package dev.lightningbridge.common;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback address that nobody listens at. */
public final class FreePort {
  private FreePort() {}

  /**
   * One that was free just now; whoever is to listen there must be ready for another to be faster.
   *
   * @throws IOException where there is none
   */
  public static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
