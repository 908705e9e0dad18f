package dev.lightningbridge.model;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server of TLS on loopback that lets whoever speaks anything else wait for ever. */
final class SilentTls implements AutoCloseable {
  private static final int HANDSHAKE = 22;

  private final ServerSocket socket = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
  private final int target;

  /**
   * @param target the port of a server of TLS that answers in its place
   */
  SilentTls(int target) throws IOException {
    this.target = target;
    Connections.of(socket, this::serve);
  }

  /** With http:// where https:// would be right. */
  String url() {
    return "http://127.0.0.1:%d/v1".formatted(socket.getLocalPort());
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      int first = client.getInputStream().read();
      if (first != HANDSHAKE) {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
        return;
      }
      server.getOutputStream().write(first);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  server.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException e) {
                  // One side has gone; the other will see it.
                }
              });
      client.getInputStream().transferTo(server.getOutputStream());
    } catch (IOException e) {
      // The client has gone.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
