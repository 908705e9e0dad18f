package dev.lightningbridge.model;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** The connections to a socket of a test's server. */
final class Connections {
  private Connections() {}

  /** Has each served by a thread of its own, until the socket is closed. */
  static void of(ServerSocket socket, Consumer<Socket> server) {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!socket.isClosed()) {
                try {
                  Socket client = socket.accept();
                  Thread.ofVirtual().start(() -> server.accept(client));
                } catch (IOException e) {
                  return;
                }
              }
            });
  }
}
